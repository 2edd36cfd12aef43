/**
 * The emulator of the Azure Batch service: the service's protocol in front of the local engine.
 *
 * <p>One package per resource ({@code pool}, {@code node}, {@code job}, {@code schedule}, {@code task}, {@code file},
 * {@code account}) holds its schema, its documents and its operations. {@code http} is the server, {@code operation} and
 * {@code document} are what the resources share, {@code query} parses {@code $filter} and {@code $select}, and
 * {@code autoscale} evaluates formulas.
 */
package io.twinbatch.local.emulator;
