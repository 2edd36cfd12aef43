package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.SourceFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contents of inputs that were uploaded in pieces. Each is read once more, as a whole: what was uploaded is then known to be
 * one state of the file.
 *
 * @param transfers reads several at once
 */
record SplitContents(Transfers transfers) {
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * The SHA-256 of the inputs of a plan that are in pieces, by the names of their result objects.
     *
     * @param hashes the SHA-256 of the content of each piece, by the name of its object
     * @throws BatchException {@code INVALID} when an input has changed while its pieces were read
     */
    Map<String, String> of(RunPlan plan, Map<String, String> hashes) throws InterruptedException {
        Map<PlannedInput, List<PlannedInput>> pieces = new LinkedHashMap<>();
        plan.tasks().stream()
                .flatMap(task -> task.inputs().stream())
                .filter(input -> input.piece().isPresent())
                .forEach(input -> pieces.computeIfAbsent(input.whole(), whole -> new ArrayList<>())
                        .add(input));
        Map<String, String> contents = new ConcurrentHashMap<>();
        List<Callable<Void>> calls = new ArrayList<>();
        pieces.forEach((whole, its) -> calls.add(() -> {
            contents.put(whole.outputObject(), hash(whole, its, hashes));
            return null;
        }));
        boolean ignored = transfers.all(calls).isEmpty();
        return new HashMap<>(contents);
    }

    private static String hash(PlannedInput whole, List<PlannedInput> pieces, Map<String, String> hashes) {
        try (SourceFile file = SourceFile.open(
                "input " + whole.file().displayName(), whole.file().path())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (PlannedInput piece : pieces) {
                String read = hash(file, piece.file().size(), buffer);
                if (!read.equals(hashes.get(piece.inputObject()))) {
                    throw changed(whole);
                }
            }
            if (file.read(buffer, 0, 1) >= 0) {
                throw changed(whole);
            }
            return file.sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(InputStream in, long length, byte[] buffer) throws IOException {
        Sha256 digest = new Sha256();
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                break;
            }
            digest.add(buffer, n);
            left -= n;
        }
        return digest.hex();
    }

    private static BatchException changed(PlannedInput whole) {
        return new BatchException(
                ErrorCode.INVALID,
                "input " + whole.file().displayName(),
                "it changed while its pieces were uploaded; try again when no program writes to it");
    }
}
