/** The emulator of the Azure Batch service, as clients of the service see it. */
package io.twinbatch.it.emulator;
