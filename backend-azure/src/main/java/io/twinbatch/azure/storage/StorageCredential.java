package io.twinbatch.azure.storage;

/** How to sign in to a storage account. Whoever prints one of these sees no secret. */
public sealed interface StorageCredential permits AccountKey, StorageToken {}
