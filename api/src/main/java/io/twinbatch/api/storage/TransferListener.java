package io.twinbatch.api.storage;

/** Receives the progress of transfers, from several threads at a time. */
@FunctionalInterface
public interface TransferListener {
    /** Hears nothing. */
    TransferListener NONE = bytes -> {};

    /**
     * More bytes of the file have been transferred.
     *
     * @param bytes how many since the last call; negative when a part has to be sent again
     */
    void transferred(long bytes);
}
