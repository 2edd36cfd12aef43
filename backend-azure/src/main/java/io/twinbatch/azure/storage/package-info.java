/**
 * Implements {@link io.twinbatch.api.storage.ObjectStore} on Azure Blob Storage and on Azurite, which speaks the same
 * protocol. Signed URLs (SAS) are made here.
 */
package io.twinbatch.azure.storage;
