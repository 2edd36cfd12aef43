package io.twinbatch.app.runreport;

import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.resume.NestedProperties;
import io.twinbatch.app.journal.RunFiles;
import io.twinbatch.app.report.FinishedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where the reports of a user's newest runs are: a small file for each. The reports stay with the results. */
public final class ReportIndex {
    /** How many runs are kept. */
    static final int RUNS = 200;

    private static final String NAME = "reports";

    private final RunFiles files;

    /**
     * The index of a user.
     *
     * @param state the user's folder for what outlives a run
     */
    public ReportIndex(Path state) {
        this.files = new RunFiles(state.resolve(NAME), RUNS);
    }

    /**
     * A run with a report.
     *
     * @param run its id
     * @param page the report
     * @param backend the name of its backend
     * @param status how it ended, in one word
     * @param started when it began
     * @param ended when it ended
     * @param inputs how many inputs it had
     * @param done of how many of them the results are there
     */
    public record Entry(
            String run,
            Path page,
            String backend,
            String status,
            Instant started,
            Instant ended,
            int inputs,
            int done) {
        private static Entry of(FinishedRun run, Path page) {
            return new Entry(
                    run.header().plan().id().value(),
                    page.toAbsolutePath().normalize(),
                    run.header().backend(),
                    run.status(),
                    run.time().started(),
                    run.time().ended(),
                    run.result().inputs().size(),
                    (int) run.result().inputs().stream()
                            .filter(input -> input.outcome().isDone())
                            .count());
        }

        private static Entry of(RunId run, NestedProperties content) {
            return new Entry(
                    run.value(),
                    Path.of(content.get("page")),
                    content.get("backend"),
                    content.get("status"),
                    Instant.parse(content.get("started")),
                    Instant.parse(content.get("ended")),
                    content.number("inputs"),
                    content.number("done"));
        }

        private NestedProperties content() {
            NestedProperties content = new NestedProperties();
            content.put("page", page.toString());
            content.put("backend", backend);
            content.put("status", status);
            content.put("started", started.toString());
            content.put("ended", ended.toString());
            content.put("inputs", Integer.toString(inputs));
            content.put("done", Integer.toString(done));
            return content;
        }

        /** The JSON document beside the report. */
        public Path data() {
            return page.resolveSibling(page.getFileName().toString().replaceFirst("\\.html$", ".json"));
        }
    }

    /** Adds a run, or what has become of it since, and forgets the oldest ones. */
    public void add(FinishedRun run, Path page) throws IOException {
        files.write(run.header().plan().id(), Entry.of(run, page).content());
        for (RunId old : files.tooMany()) {
            files.delete(old);
        }
    }

    /** The runs whose report is there, the one that ended last first. */
    public List<Entry> newestFirst() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (RunId run : files.newestFirst()) {
            find(run).ifPresent(entries::add);
        }
        entries.sort(Comparator.comparing(Entry::ended).reversed());
        return entries;
    }

    /** A run, when its report is there and its file was not spoilt. */
    private Optional<Entry> find(RunId run) throws IOException {
        try {
            return files.read(run)
                    .map(content -> Entry.of(run, content))
                    .filter(entry -> Files.isReadable(entry.page()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
