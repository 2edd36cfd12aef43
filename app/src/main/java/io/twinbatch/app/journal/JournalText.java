package io.twinbatch.app.journal;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.resume.NestedProperties;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.journal.JournaledRun.Ending;
import io.twinbatch.app.run.Backend;
import io.twinbatch.local.process.ProcessIdentity;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The text of a {@link JournaledRun}. */
final class JournalText {
    private static final String LAUNCH = "launch";
    private static final String ENDING = "ending";

    private JournalText() {}

    static NestedProperties write(JournaledRun run) {
        NestedProperties tree = new NestedProperties();
        tree.put("job", run.job().value());
        tree.put("backend", run.backend().toString());
        tree.put("outputFolder", run.outputFolder().toString());
        tree.put("process", run.process().toString());
        run.launch().ifPresent(launch -> write(tree.at(LAUNCH), launch));
        run.ending().ifPresent(ending -> {
            tree.at(ENDING).put("id", ending.exitCode().name());
            tree.at(ENDING).put("summary", ending.summary());
        });
        return tree;
    }

    private static void write(NestedProperties tree, Launch launch) {
        tree.put("id", launch.workingFolder().toString());
        tree.putAll("arguments", launch.arguments(), (entry, word) -> entry.put("id", word));
        tree.put("variables", launch.variables());
        tree.putAll("inputs", launch.inputs(), (entry, input) -> entry.put("id", input));
        tree.put("azuriteLeftOut", Boolean.toString(launch.azuriteLeftOut()));
    }

    /** The run; empty for a text that is not understood, such as one of another version. */
    static Optional<JournaledRun> read(RunId id, NestedProperties tree) {
        try {
            return Optional.of(new JournaledRun(
                    id,
                    new JobId(tree.get("job")),
                    Backend.valueOf(tree.get("backend").toUpperCase(Locale.ROOT)),
                    Path.of(tree.get("outputFolder")),
                    ProcessIdentity.parse(tree.get("process")).orElseThrow(IllegalArgumentException::new),
                    tree.has(LAUNCH) ? Optional.of(launch(tree.at(LAUNCH))) : Optional.empty(),
                    tree.has(ENDING) ? Optional.of(ending(tree.at(ENDING))) : Optional.empty()));
        } catch (IllegalArgumentException | BatchException e) {
            return Optional.empty();
        }
    }

    private static Launch launch(NestedProperties tree) {
        return new Launch(
                Path.of(tree.get("id")),
                tree.all("arguments", entry -> entry.get("id")),
                tree.map("variables"),
                tree.all("inputs", entry -> entry.get("id")),
                tree.isTrue("azuriteLeftOut"));
    }

    private static Ending ending(NestedProperties tree) {
        return new Ending(ExitCode.valueOf(tree.get("id")), tree.get("summary"));
    }
}
