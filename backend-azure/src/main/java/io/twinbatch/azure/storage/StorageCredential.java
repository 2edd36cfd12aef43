package io.twinbatch.azure.storage;

/** How to sign in to a storage account. Its text shows no secret. */
public sealed interface StorageCredential permits AccountKey, StorageToken {}
