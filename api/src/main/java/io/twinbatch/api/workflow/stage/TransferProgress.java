package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.Transfer;
import io.twinbatch.api.workflow.model.RunEvents;
import java.util.function.Function;

/**
 * Counts what has been transferred, and reports it in an order that never goes back on files. A file may have grown since the
 * total was made; the total then grows too.
 */
public final class TransferProgress implements TransferListener {
    private final RunEvents events;
    private final Function<Transfer, RunEvent> toEvent;
    private final int files;
    private final long bytes;
    private int filesDone;
    private long bytesDone;

    public TransferProgress(RunEvents events, Function<Transfer, RunEvent> toEvent, int files, long bytes) {
        this.events = events;
        this.toEvent = toEvent;
        this.files = files;
        this.bytes = bytes;
    }

    @Override
    public synchronized void transferred(long count) {
        bytesDone += count;
        tell();
    }

    public synchronized void fileDone() {
        filesDone++;
        tell();
    }

    private void tell() {
        events.publish(toEvent.apply(new Transfer(filesDone, files, bytesDone, Math.max(bytes, bytesDone))));
    }
}
