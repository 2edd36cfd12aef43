package io.twinbatch.app.report;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output. It distinguishes a reader that has read enough, such as {@code head}, from output that is lost, such as on
 * a full disk.
 */
public final class ResultStream extends PrintStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Pipe pipe;

    private ResultStream(Pipe pipe, Charset charset) {
        super(new BufferedOutputStream(pipe, BUFFER_BYTES), false, charset);
        this.pipe = pipe;
    }

    /** The standard output of the process. */
    public static ResultStream ofStandardOutput(Charset charset) {
        return new ResultStream(new Pipe(new FileOutputStream(FileDescriptor.out), isPipe()), charset);
    }

    /** A stream to a pipe, or to something else. */
    static ResultStream to(OutputStream out, boolean pipe, Charset charset) {
        return new ResultStream(new Pipe(out, pipe), charset);
    }

    /** Whether output was left unread by the process that reads it. */
    public boolean readerGone() {
        flush();
        return pipe.broken;
    }

    private static boolean isPipe() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    /** Remembers why writing failed; a print stream only knows that it did. */
    private static final class Pipe extends OutputStream {
        private final OutputStream out;
        private final boolean pipe;
        private volatile boolean broken;

        Pipe(OutputStream out, boolean pipe) {
            this.out = out;
            this.pipe = pipe;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                // A pipe fails for no other reason than that nobody reads from it.
                broken = pipe || "Broken pipe".equals(e.getMessage());
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
