package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.collect.Wanted.Arrival;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PieceJoin;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The result of an input that was processed in pieces: what the tasks of all its pieces have left, put together. */
final class JoinedResult {
    private final PlannedInput whole;
    private final List<Wanted> pieces;
    private final Map<Arrival, Path> parts = new ConcurrentHashMap<>();
    private final Map<String, Outcome> problems = new ConcurrentHashMap<>();

    private JoinedResult(PlannedInput whole, List<Wanted> pieces) {
        this.whole = whole;
        this.pieces = pieces;
    }

    /** Those of the inputs of which every piece has its result. */
    static List<JoinedResult> complete(List<Wanted> there) {
        Map<PlannedInput, List<Wanted>> byInput = new LinkedHashMap<>();
        there.forEach(wanted -> wanted.piece()
                .ifPresent(piece -> byInput.computeIfAbsent(piece.whole(), whole -> new ArrayList<>())
                        .add(wanted)));
        List<JoinedResult> complete = new ArrayList<>();
        byInput.forEach((whole, pieces) -> {
            if (pieces.size() == numbers(pieces.get(0)).count()) {
                pieces.sort(Comparator.comparing(piece -> numbers(piece).number()));
                complete.add(new JoinedResult(whole, pieces));
            }
        });
        return complete;
    }

    private static PlannedInput.Piece numbers(Wanted wanted) {
        return wanted.piece().orElseThrow().piece().orElseThrow();
    }

    PlannedInput whole() {
        return whole;
    }

    /** What has to be downloaded for it. */
    Stream<Arrival> arrivals() {
        return pieces.stream().flatMap(piece -> piece.arrivals().stream());
    }

    /** Downloads a part of it under a hidden name; returns whether it is there. */
    boolean fetch(Arrival part, VerifiedDownload download, Path hidden) {
        download.part(part.wanted().task().taskId(), part.object(), hidden, part.entry())
                .ifPresentOrElse(
                        problem -> problems.put(part.wanted().object(), problem), () -> parts.put(part, hidden));
        return parts.containsKey(part);
    }

    /**
     * Puts the parts together, those of each name in the output folder, when all have come.
     *
     * @return what has become of the input and of its pieces, by the names of their result objects
     */
    Map<String, Outcome> join(RunPlan plan, VerifiedDownload download, DownloadStaging folder)
            throws InterruptedException {
        if (!problems.isEmpty()) {
            return problems;
        }
        Map<String, List<Path>> byName = new LinkedHashMap<>();
        arrivals()
                .forEach(part -> byName.computeIfAbsent(part.fileName(), name -> new ArrayList<>())
                        .add(parts.get(part)));
        Outcome outcome = join(byName, plan, download, folder);
        Map<String, Outcome> outcomes = new HashMap<>();
        outcomes.put(whole.outputObject(), outcome);
        pieces.forEach(piece -> outcomes.put(piece.object(), outcome));
        return outcomes;
    }

    private Outcome join(
            Map<String, List<Path>> byName, RunPlan plan, VerifiedDownload download, DownloadStaging folder)
            throws InterruptedException {
        PieceJoin join = plan.request().program().pieces().orElseThrow();
        List<CollectedFile> files = new ArrayList<>();
        for (Map.Entry<String, List<Path>> file : byName.entrySet()) {
            try {
                Path joined = folder.next();
                List<String> names = file.getValue().stream()
                        .map(part -> part.getFileName().toString())
                        .toList();
                join.join(joined.getParent(), names, joined.getFileName().toString());
                files.add(download.publish(joined, file.getKey()));
            } catch (BatchException e) {
                return download.failed(whole.outputObject(), e);
            } catch (IOException e) {
                return download.failed(whole.outputObject(), file.getKey(), e);
            }
        }
        return new Outcome.Done(files);
    }
}
