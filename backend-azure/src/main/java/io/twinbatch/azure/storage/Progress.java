package io.twinbatch.azure.storage;

import com.azure.core.util.ProgressListener;
import io.twinbatch.api.storage.TransferListener;
import java.util.concurrent.atomic.AtomicLong;

/** The storage client tells how far a transfer is; a {@link TransferListener} wants to hear what was added. */
final class Progress implements ProgressListener {
    private final TransferListener listener;
    private final AtomicLong reached = new AtomicLong();

    Progress(TransferListener listener) {
        this.listener = listener;
    }

    @Override
    public void handleProgress(long soFar) {
        long added = soFar - reached.getAndSet(soFar);
        if (added != 0) {
            listener.transferred(added);
        }
    }
}
