/**
 * Containers and their objects, transfers between objects and files, and signed URLs.
 *
 * <p>{@link io.twinbatch.api.storage.ObjectStore} is one of the three interfaces that a provider implements.
 */
package io.twinbatch.api.storage;
