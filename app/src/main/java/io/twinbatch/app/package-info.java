/** The program's entry. */
package io.twinbatch.app;
