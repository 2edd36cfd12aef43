/** The operations of the Batch service, one class for each kind of resource, over the local engine. */
package io.twinbatch.local.emulator.operations;
