package io.twinbatch.task;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Writes outputs under another name beside their place and moves them there when they are whole. */
final class OutputFile {
    private static final int BUFFER_BYTES = 1 << 15;
    private static final String HEX = "0123456789abcdef";

    private OutputFile() {}

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
        MessageDigest digest = digestWanted ? sha256() : null;
        try (OutputStream raw = new FileOutputStream(file);
                OutputStream digesting = digest == null ? raw : new DigestOutputStream(raw, digest);
                OutputStream out = new BufferedOutputStream(digesting, BUFFER_BYTES)) {
            content.write(out);
        }
        return digest == null ? null : hex(digest.digest());
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder(2 * bytes.length);
        for (byte value : bytes) {
            hex.append(HEX.charAt((value >> 4) & 0xf)).append(HEX.charAt(value & 0xf));
        }
        return hex.toString();
    }
}
