/** What a Batch account may have and has, and whether a plan fits into it. */
package io.twinbatch.azure.account;
