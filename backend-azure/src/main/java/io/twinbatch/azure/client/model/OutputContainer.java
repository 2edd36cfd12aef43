package io.twinbatch.azure.client.model;

import java.util.List;

/** A container that output files go to; {@code path} is a name or the beginning of names. */
public record OutputContainer(String containerUrl, String path, List<NameValue> uploadHeaders) {}
