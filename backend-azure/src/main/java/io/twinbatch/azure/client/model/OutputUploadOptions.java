package io.twinbatch.azure.client.model;

/** After which endings files are uploaded: {@code tasksuccess}, {@code taskfailure}, {@code taskcompletion}. */
public record OutputUploadOptions(String uploadCondition) {}
