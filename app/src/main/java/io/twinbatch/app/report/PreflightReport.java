package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the findings of a preflight: failures and warnings in full, unknown ones in one line. */
public final class PreflightReport {
    private final ErrorStream err;
    private final boolean verbose;

    /** Prints to the user; everything in full when verbose. */
    public PreflightReport(ErrorStream err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    /** Prints the findings. */
    public void print(List<Finding> findings) {
        for (Finding finding : findings) {
            if (verbose || finding.result() == Result.FAILED || finding.result() == Result.WARNING) {
                err.line("  " + word(finding.result()) + "  " + finding.subject() + ": " + finding.detail());
                if (!finding.remedy().isEmpty()) {
                    err.line("           -> " + finding.remedy());
                }
            }
        }
        String unknown = findings.stream()
                .filter(finding -> finding.result() == Result.UNKNOWN)
                .map(Finding::subject)
                .collect(Collectors.joining(", "));
        if (!verbose && !unknown.isEmpty()) {
            err.line("Not checked: " + unknown + " (--verbose says why).");
        }
    }

    private static String word(Result result) {
        return String.format("%-7s", result.name().toLowerCase(Locale.ROOT));
    }

    static void write(JsonGenerator json, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart("findings");
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("subject", finding.subject());
            json.writeStringField("result", finding.result().name().toLowerCase(Locale.ROOT));
            json.writeStringField("detail", finding.detail());
            json.writeStringField("remedy", finding.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
