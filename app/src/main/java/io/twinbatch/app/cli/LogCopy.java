package io.twinbatch.app.cli;

import io.twinbatch.app.report.ErrorStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** Copies what is written to a file to the standard error of this process, by whole lines. */
final class LogCopy {
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final ErrorStream to;
    private long copied;

    LogCopy(Path file, ErrorStream to) {
        this.file = file;
        this.to = to;
    }

    void copyWhatIsNew() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, Math.max(0, channel.size() - copied)));
            int read = channel.read(bytes, copied);
            int end = read;
            while (end > 0 && bytes.get(end - 1) != '\n') {
                end--;
            }
            if (end > 0) {
                to.raw(new String(bytes.array(), 0, end, Charset.defaultCharset()));
                copied += end;
            }
        }
    }
}
