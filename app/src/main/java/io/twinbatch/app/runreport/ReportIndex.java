package io.twinbatch.app.runreport;

import io.twinbatch.app.report.FinishedRun;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Where the reports of a user's newest runs are: a small file for each. The reports stay with the results. */
public final class ReportIndex {
    /** How many runs are kept. */
    static final int RUNS = 200;

    private static final String NAME = "reports";
    private static final String SUFFIX = ".properties";

    private final Path folder;

    /**
     * The index of a user.
     *
     * @param state the user's folder for what outlives a run
     */
    public ReportIndex(Path state) {
        this.folder = state.resolve(NAME);
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

        private static Entry of(Properties text) {
            return new Entry(
                    value(text, "run"),
                    Path.of(value(text, "page")),
                    value(text, "backend"),
                    value(text, "status"),
                    Instant.parse(value(text, "started")),
                    Instant.parse(value(text, "ended")),
                    Integer.parseInt(value(text, "inputs")),
                    Integer.parseInt(value(text, "done")));
        }

        private static String value(Properties text, String name) {
            String value = text.getProperty(name);
            if (value == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return value;
        }

        private Properties text() {
            Properties text = new Properties();
            text.setProperty("run", run);
            text.setProperty("page", page.toString());
            text.setProperty("backend", backend);
            text.setProperty("status", status);
            text.setProperty("started", started.toString());
            text.setProperty("ended", ended.toString());
            text.setProperty("inputs", Integer.toString(inputs));
            text.setProperty("done", Integer.toString(done));
            return text;
        }

        /** The JSON document beside the report. */
        public Path data() {
            return page.resolveSibling(page.getFileName().toString().replaceFirst("\\.html$", ".json"));
        }
    }

    /** Adds a run, or what has become of it since, and forgets the oldest ones. */
    public void add(FinishedRun run, Path page) throws IOException {
        Entry entry = Entry.of(run, page);
        StringWriter text = new StringWriter();
        entry.text().store(text, null);
        PrivateFiles.createFolder(folder);
        PrivateFiles.replace(
                folder.resolve(entry.run() + SUFFIX), text.toString().getBytes(StandardCharsets.UTF_8));
        // The ids of runs begin with their times.
        List<Path> all = files();
        for (Path old : all.subList(0, Math.max(0, all.size() - RUNS))) {
            Files.deleteIfExists(old);
        }
    }

    /** The runs whose report is there, the one that ended last first. */
    public List<Entry> newestFirst() throws IOException {
        return files().stream()
                .flatMap(file -> read(file).stream())
                .filter(entry -> Files.isReadable(entry.page()))
                .sorted(Comparator.comparing(Entry::ended).reversed())
                .toList();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Empty for a file that is gone by now, or that somebody has spoilt. */
    private static Optional<Entry> read(Path file) {
        try {
            Properties text = new Properties();
            text.load(new StringReader(Files.readString(file)));
            return Optional.of(Entry.of(text));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
