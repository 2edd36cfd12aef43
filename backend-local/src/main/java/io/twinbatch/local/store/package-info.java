/**
 * The state folder on disk: the embedded store with the engine's records, its key, its checksums, and the lock that admits
 * one engine at a time. No other package uses the store's library.
 */
package io.twinbatch.local.store;
