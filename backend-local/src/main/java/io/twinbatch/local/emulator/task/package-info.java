/** Tasks in the protocol: schema, documents, operations. */
package io.twinbatch.local.emulator.task;
