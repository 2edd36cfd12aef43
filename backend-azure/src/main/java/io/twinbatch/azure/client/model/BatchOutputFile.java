package io.twinbatch.azure.client.model;

/** Files that a node uploads after a task's process. */
public record BatchOutputFile(String filePattern, OutputDestination destination, OutputUploadOptions uploadOptions) {}
