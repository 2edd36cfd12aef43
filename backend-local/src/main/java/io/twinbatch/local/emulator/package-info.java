/** The emulator of the Azure Batch service: the local engine behind the service's own protocol. */
package io.twinbatch.local.emulator;
