package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.PageRoutes;
import io.twinbatch.app.runreport.ReportIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs that have ended, and their reports. */
final class RunPages {
    /** A report brings its own stylesheet. It gets nothing else, and no access to the portal. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; sandbox";

    private final PortalBackend backend;
    private final PageRenderer renderer;
    private final ReportIndex reports;

    RunPages(PortalBackend backend, PageRenderer renderer, ReportIndex reports) {
        this.backend = backend;
        this.renderer = renderer;
        this.reports = reports;
    }

    void register(PageRoutes routes) {
        routes.get(Section.RUNS.address(), (request, names) -> runs());
        routes.get(
                "/runs/*/report.html",
                (request, names) -> file(
                                "text/html; charset=utf-8", entry(names.get(0)).page())
                        .with("Content-Security-Policy", POLICY));
        routes.get(
                "/runs/*/report.json",
                (request, names) -> file("application/json", entry(names.get(0)).data())
                        .with("Content-Disposition", "attachment; filename=\"report-" + names.get(0) + ".json\""));
    }

    private Answer runs() {
        Observation observation = backend.snapshots().get();
        return renderer.page("runs", backend.frame("Finished runs", Section.RUNS, List.of(), observation), entries());
    }

    private ReportIndex.Entry entry(String run) {
        return entries().stream()
                .filter(entry -> entry.run().equals(run))
                .findFirst()
                .orElseThrow(() -> new BatchException(
                        ErrorCode.NOT_FOUND,
                        "report of run " + QuotedValue.of(run),
                        "there is none, or its file was moved or deleted"));
    }

    private List<ReportIndex.Entry> entries() {
        try {
            return reports.newestFirst();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNKNOWN, "reports of runs", "they cannot be listed: " + FailureReason.of(e), e);
        }
    }

    private static Answer file(String type, Path file) {
        if (!Files.isReadable(file)) {
            throw new BatchException(ErrorCode.NOT_FOUND, "file " + file.getFileName(), "it was moved or deleted");
        }
        return new Answer(200, type, Map.of(), out -> Files.copy(file, out));
    }
}
