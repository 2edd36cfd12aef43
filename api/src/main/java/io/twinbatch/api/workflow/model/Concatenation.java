package io.twinbatch.api.workflow.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Puts results one after the other. */
public final class Concatenation implements PieceJoin {
    @Override
    public boolean joinsCounts() {
        return false;
    }

    @Override
    public void join(Path folder, List<String> parts, String target) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(target), StandardOpenOption.CREATE_NEW)) {
            for (String part : parts) {
                Files.copy(folder.resolve(part), out);
            }
        }
    }
}
