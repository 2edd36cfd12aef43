package io.twinbatch.task.upload;

import io.twinbatch.task.Content;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

/** Writes outputs under another name beside their place and moves them there when they are whole. */
final class StoredOutput {
    private static final int BUFFER_BYTES = 1 << 15;

    private StoredOutput() {}

    /**
     * Writes a file, with the folders that it needs.
     *
     * @return the SHA-256 of the content in hexadecimal digits, or null if it is not wanted
     */
    static String write(File file, Content content, boolean digestWanted) throws IOException {
        File folder = file.getAbsoluteFile().getParentFile();
        if (!folder.isDirectory()) {
            Files.createDirectories(folder.toPath());
        }
        File unfinished = unfinished(folder);
        try {
            String digest = writeTo(unfinished, content, digestWanted);
            Files.move(
                    unfinished.toPath(),
                    file.toPath(),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            return digest;
        } finally {
            Files.deleteIfExists(unfinished.toPath());
        }
    }

    private static String writeTo(File file, Content content, boolean digestWanted) throws IOException {
        OutputHash digest = digestWanted ? new OutputHash() : null;
        try (OutputStream raw = new FileOutputStream(file);
                OutputStream digesting = digest == null ? raw : new DigestingStream(raw, digest);
                OutputStream out = new BufferedOutputStream(digesting, BUFFER_BYTES)) {
            content.write(out);
        }
        return digest == null ? null : digest.finish();
    }

    /** A new file whose name does not depend on the output's, which may be as long as a name can be. */
    private static File unfinished(File folder) throws IOException {
        while (true) {
            File file = new File(folder, ".twinbatch-" + Long.toHexString(System.nanoTime()) + ".tmp");
            if (file.createNewFile()) {
                return file;
            }
        }
    }

    /** Hands bytes on and takes them into a hash. */
    private static final class DigestingStream extends OutputStream {
        private final OutputStream out;
        private final OutputHash digest;

        DigestingStream(OutputStream out, OutputHash digest) {
            this.out = out;
            this.digest = digest;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            digest.update(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
