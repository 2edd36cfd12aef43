package io.twinbatch.app.runreport;

import io.twinbatch.api.workflow.model.FileName;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.app.page.PageText;
import io.twinbatch.app.report.FinishedRun;
import io.twinbatch.app.report.JsonReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;

/** Writes the report of a run into the folder of its results. */
public final class ReportFiles {
    private static final String NAME = "report";
    private static final String PAGE = ".html";
    private static final String DATA = ".json";

    private final FinishedRun run;
    private final Path folder;

    /**
     * The report of a run.
     *
     * @param folder the folder of its results
     */
    public ReportFiles(FinishedRun run, Path folder) {
        this.run = run;
        this.folder = folder;
    }

    /**
     * Writes the page and the JSON document. Neither replaces a file that exists.
     *
     * @return the name of the page
     */
    public String write() throws IOException {
        Files.createDirectories(folder);
        String name = name();
        try {
            write(name + DATA, out -> new JsonReport(out).writeResult(run));
            write(name + PAGE, out -> writePage(out, name + DATA));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return name + PAGE;
    }

    private void writePage(OutputStream out, String data) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        new ReportPage(run, data, new PageText(ZoneId.systemDefault())).write(writer);
        writer.flush();
    }

    /** The usual name, or one with the run's id when a result has it, can have it, or an earlier report has it. */
    private String name() {
        boolean free = isFree(NAME + PAGE) && isFree(NAME + DATA);
        return free ? NAME : NAME + "-" + run.header().plan().id();
    }

    private boolean isFree(String name) {
        RunPlan plan = run.header().plan();
        return !Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)
                && plan.layout().owner(name).isEmpty()
                && plan.inputs().stream()
                        .noneMatch(input -> FileName.key(input.outputFileName()).equals(FileName.key(name)));
    }

    /** A reader never sees half a file. */
    private void write(String name, Content content) throws IOException {
        Path temporary = folder.resolve(".twinbatch-" + run.header().plan().id() + "-" + name);
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW))) {
                content.write(out);
            }
            Files.move(temporary, folder.resolve(name));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** What a file is to hold. */
    private interface Content {
        void write(OutputStream out) throws IOException;
    }
}
