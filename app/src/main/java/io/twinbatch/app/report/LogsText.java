package io.twinbatch.app.report;

import io.twinbatch.api.workflow.model.RunResult.Logs;
import java.nio.file.Path;

/** Says which logs of tasks are beside the results. */
public final class LogsText {
    private LogsText() {}

    /**
     * A sentence about logs.
     *
     * @param outputDir the folder of the results as the user knows it
     */
    public static String of(Logs logs, Path outputDir) {
        return "Logs of " + HumanFormat.count(logs.tasks(), "task") + " are in "
                + outputDir.resolve(logs.folder().getFileName())
                + (logs.cut() ? ", of long ones the end" : "")
                + (logs.omitted() == 0
                        ? "."
                        : "; those of " + HumanFormat.count(logs.omitted(), "task")
                                + " more are left out (--keep-logs keeps all).");
    }
}
