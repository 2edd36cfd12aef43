package io.twinbatch.azure.client.model;

/** A file that is fetched to a node first: from {@code httpUrl}, or from a container. */
public record BatchResourceFile(
        String httpUrl, String storageContainerUrl, String blobPrefix, String filePath, String fileMode) {}
