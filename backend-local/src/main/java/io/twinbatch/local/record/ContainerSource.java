package io.twinbatch.local.record;

import io.twinbatch.api.storage.SignedUrl;

/**
 * Objects of a container that a task needs, whatever their names.
 *
 * @param container a signed URL of the container with the rights to list and read
 * @param prefix how their names begin; may be empty
 * @param folder the folder that they are placed in, relative to the working folder; may be empty
 */
public record ContainerSource(SignedUrl container, String prefix, String folder) {}
