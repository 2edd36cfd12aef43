package io.twinbatch.task.upload;

import io.twinbatch.task.Content;
import io.twinbatch.task.PercentNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The list of a task's outputs with size and SHA-256, written last: with it, a reader can check that all outputs are complete. */
final class ManifestWriter implements Content {
    private final List<String> lines = new ArrayList<>();

    /**
     * @param sha256 in lower-case hexadecimal digits
     * @param size in bytes
     */
    void add(String sha256, long size, String name) {
        lines.add(sha256 + " " + size + " " + PercentNames.encode(name) + "\n");
    }

    @Override
    public void write(OutputStream out) throws IOException {
        out.write(("twinbatch-manifest 1 " + lines.size() + "\n").getBytes(StandardCharsets.UTF_8));
        for (String line : lines) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}
