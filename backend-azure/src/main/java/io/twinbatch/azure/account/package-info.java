/** Quotas and VM sizes of a Batch account, and the checks of a plan against them before a run. */
package io.twinbatch.azure.account;
