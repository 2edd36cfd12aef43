/**
 * What the operations of all resources share: the route table, the context of a request, conditional headers, lists,
 * rendering, and the mapping of the engine's errors to the service's.
 */
package io.twinbatch.local.emulator.operation;
