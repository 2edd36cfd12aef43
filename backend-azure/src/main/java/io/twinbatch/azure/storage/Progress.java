package io.twinbatch.azure.storage;

import com.azure.core.util.ProgressListener;
import io.twinbatch.api.storage.TransferListener;
import java.util.concurrent.atomic.AtomicLong;

/** The storage client reports the total so far; a {@link TransferListener} receives the difference. */
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
