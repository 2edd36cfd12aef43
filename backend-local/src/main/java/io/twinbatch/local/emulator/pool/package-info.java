/** Pools in the protocol: schema, documents, operations, automatic scaling. */
package io.twinbatch.local.emulator.pool;
