package io.twinbatch.azure.client.model;

/** A file or folder on a node. */
public record BatchFile(String name, String url, Boolean isDirectory, FileProperties properties) {}
