package io.twinbatch.local.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes what a container says to two files. */
final class OutputFiles extends ResultCallback.Adapter<Frame> {
    private final OutputStream stdout;
    private final OutputStream stderr;

    // Written by the thread that reads the stream.
    private volatile Optional<IOException> failure = Optional.empty();

    private OutputFiles(OutputStream stdout, OutputStream stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    static OutputFiles open(Path stdout, Path stderr) {
        try {
            OutputStream first = Files.newOutputStream(stdout);
            try {
                return new OutputFiles(first, Files.newOutputStream(stderr));
            } catch (IOException e) {
                first.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "the output of a task",
                    "its files cannot be made: " + FailureReason.of(e),
                    e);
        }
    }

    /** After a failure the rest is read and dropped: a program whose output nobody reads stands still. */
    @Override
    public void onNext(Frame frame) {
        if (failure.isPresent()) {
            return;
        }
        try {
            (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).write(frame.getPayload());
        } catch (IOException e) {
            failure = Optional.of(e);
        }
    }

    /** Throws when something could not be written. */
    void requireWritten() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            stdout.close();
            stderr.close();
        }
    }
}
