package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Objects that fit into memory. A store knows files, so that each goes by way of a temporary one. */
public final class SmallObjects {
    private final ObjectStore store;

    public SmallObjects(ObjectStore store) {
        this.store = store;
    }

    /**
     * Stores a text as UTF-8; an object of that name is replaced.
     *
     * @throws BatchException {@code UNKNOWN} when the temporary file cannot be written; otherwise as
     *     {@link ObjectStore#put}
     */
    public void put(ObjectKey key, String text, TransferListener listener) {
        try {
            Path file = Files.createTempFile("twinbatch-object-", ".tmp");
            try {
                Files.writeString(file, text);
                store.put(key, file, Map.of(), listener);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw noTemporaryFile(key, e);
        }
    }

    /** The length of a text as it is stored. */
    static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Fetches an object.
     *
     * @throws BatchException {@code UNKNOWN} when the temporary file cannot be written; otherwise as
     *     {@link ObjectStore#get}
     */
    public byte[] get(ObjectKey key) {
        try {
            Path folder = Files.createTempDirectory("twinbatch-object-");
            Path file = folder.resolve("object");
            try {
                store.get(key, file, TransferListener.NONE);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw noTemporaryFile(key, e);
        }
    }

    private static BatchException noTemporaryFile(ObjectKey key, IOException e) {
        return new BatchException(
                ErrorCode.UNKNOWN,
                "object " + key,
                "cannot write a temporary file in " + System.getProperty("java.io.tmpdir") + ": " + FailureReason.of(e),
                e);
    }
}
