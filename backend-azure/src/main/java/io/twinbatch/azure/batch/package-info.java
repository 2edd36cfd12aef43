/**
 * Implements {@link io.twinbatch.api.pool.ComputePool} and {@link io.twinbatch.api.job.JobQueue} on the Azure Batch service:
 * maps specifications, states and errors between the API and {@link io.twinbatch.azure.client}.
 */
package io.twinbatch.azure.batch;
