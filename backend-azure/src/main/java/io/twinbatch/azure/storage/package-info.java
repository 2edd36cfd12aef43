/** {@link io.twinbatch.api.storage.ObjectStore} on Azure Blob Storage, and on whatever else speaks its protocol. */
package io.twinbatch.azure.storage;
