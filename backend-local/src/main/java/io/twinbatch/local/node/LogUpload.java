package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.time.Sleeper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Uploads logs of a node for somebody who waits for the answer: what fails once is not tried again. */
public final class LogUpload {
    private final NodeTransfer transfer;

    /**
     * Uploads over HTTP.
     *
     * @param storage signs the URLs that have no signature
     * @param clock decides whether a signed URL has expired
     */
    public LogUpload(NodeStorage storage, Clock clock) {
        transfer = new NodeTransfer(storage, Sleeper.REAL, clock, 1);
    }

    /**
     * Uploads files.
     *
     * @param container a signed URL of a container with the right to write, and the headers that an upload needs
     * @param files the files by the names of their objects
     * @throws BatchException {@code FORBIDDEN} when the container or the network refuses
     */
    public void upload(SignedUrl container, Map<String, Path> files) {
        try {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                transfer.upload(file.getValue(), container, file.getKey());
            }
        } catch (NodeTransfer.TransferFailed e) {
            throw new BatchException(
                    ErrorCode.FORBIDDEN, "container", e.failure().message(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(ErrorCode.UNKNOWN, "container", "interrupted while logs were uploaded", e);
        }
    }
}
