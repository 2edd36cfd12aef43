package io.twinbatch.azure.client.model;

import java.time.Instant;

/**
 * The properties of a file; a folder has none.
 *
 * @param contentLength its length in bytes; 0 when the service does not tell
 */
public record FileProperties(
        Instant creationTime, Instant lastModified, long contentLength, String contentType, String fileMode) {}
