package io.twinbatch.app.journal;

import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.local.disk.PrivateFiles;
import io.twinbatch.local.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folder {@code journal} in a state folder: a file for each of the newest runs, and what detached ones print.
 *
 * <pre>
 * RUN.properties   what is noted about the run
 * RUN.out          standard output of a detached run
 * RUN.log          its standard error
 * </pre>
 */
public final class RunJournal {
    /** How many runs are noted; older ones that have ended are forgotten. */
    public static final int KEPT_RUNS = 100;

    private static final String OUTPUT = ".out";
    private static final String LOG = ".log";

    private final Path stateDir;
    private final Path folder;
    private final RunFiles files;

    /** The journal of a state folder, neither of which need exist. */
    public RunJournal(Path stateDir) {
        this.stateDir = stateDir;
        this.folder = stateDir.resolve("journal");
        this.files = new RunFiles(folder, KEPT_RUNS);
    }

    /** Makes the folder when it is missing. A state folder with nothing else in it becomes private, as an engine makes it. */
    public Path createFolder() throws IOException {
        if (!Files.exists(stateDir) || isEmpty(stateDir)) {
            PrivateFiles.createFolder(stateDir);
        }
        PrivateFiles.createFolder(folder);
        return folder;
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Notes a run, in place of what was noted about it. */
    public void write(JournaledRun run) throws IOException {
        createFolder();
        boolean isNew = !files.has(run.id());
        files.write(run.id(), JournalText.write(run));
        if (isNew) {
            forgetOldRuns();
        }
    }

    private void forgetOldRuns() throws IOException {
        for (RunId id : files.tooMany()) {
            boolean atWork = read(id).flatMap(JournaledRun::client).isPresent();
            if (!atWork) {
                Files.deleteIfExists(output(id));
                Files.deleteIfExists(log(id));
                files.delete(id);
            }
        }
    }

    /** The run of that id, or the newest one with a job of that id. */
    public Optional<JournaledRun> find(String name) throws IOException {
        return newest(run -> run.id().value().equals(name) || run.job().value().equals(name));
    }

    /** The newest run whose results are in a folder. */
    public Optional<JournaledRun> findByOutputFolder(Path outputFolder) throws IOException {
        Path wanted = outputFolder.toAbsolutePath().normalize();
        return newest(run -> run.outputFolder().normalize().equals(wanted));
    }

    /** The newest run of a process of this machine. */
    public Optional<JournaledRun> findByProcess(ProcessIdentity process) throws IOException {
        return newest(run -> run.process().equals(process));
    }

    private Optional<JournaledRun> newest(Predicate<JournaledRun> wanted) throws IOException {
        for (RunId id : files.newestFirst()) {
            Optional<JournaledRun> run = read(id).filter(wanted);
            if (run.isPresent()) {
                return run;
            }
        }
        return Optional.empty();
    }

    /** Where the standard output of a detached run is. */
    public Path output(RunId id) {
        return file(id, OUTPUT);
    }

    /** Where the standard error of a detached run is. */
    public Path log(RunId id) {
        return file(id, LOG);
    }

    private Path file(RunId id, String suffix) {
        return folder.resolve(id.value() + suffix);
    }

    private Optional<JournaledRun> read(RunId id) throws IOException {
        return files.read(id).flatMap(content -> JournalText.read(id, content));
    }
}
