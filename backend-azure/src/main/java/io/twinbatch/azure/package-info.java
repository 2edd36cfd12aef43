/**
 * The Azure backend: {@link io.twinbatch.azure.AzureModule} binds the three interfaces of the API to Azure Batch and Blob
 * Storage, as {@link io.twinbatch.azure.AzureConfig} says.
 */
package io.twinbatch.azure;
