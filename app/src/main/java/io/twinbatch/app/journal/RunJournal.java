package io.twinbatch.app.journal;

import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.local.disk.PrivateFiles;
import io.twinbatch.local.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * process-P.out    standard output of a detached run that has not begun, P being its process; and so with .log
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
            Optional<JournaledRun> run = read(id);
            if (run.flatMap(JournaledRun::client).isEmpty()) {
                if (run.isPresent()) {
                    Files.deleteIfExists(output(run.get()));
                    Files.deleteIfExists(log(run.get()));
                }
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

    /** Where a process that was detached writes its standard output until its run begins. */
    public Path output(ProcessIdentity process) {
        return file(process, OUTPUT);
    }

    /** Where a process that was detached writes its standard error until its run begins. */
    public Path log(ProcessIdentity process) {
        return file(process, LOG);
    }

    /** Names what a detached process writes after its run, which has begun. */
    public void begin(JournaledRun run) throws IOException {
        for (String suffix : List.of(OUTPUT, LOG)) {
            Files.move(file(run.process(), suffix), file(run.id(), suffix));
        }
    }

    /** Where the standard output of a detached run is. */
    public Path output(JournaledRun run) {
        return file(run, OUTPUT);
    }

    /** Where the standard error of a detached run is. */
    public Path log(JournaledRun run) {
        return file(run, LOG);
    }

    /** When the process that detached the run was killed before the run began, the file has its first name. */
    private Path file(JournaledRun run, String suffix) {
        Path first = file(run.process(), suffix);
        return Files.exists(first) ? first : file(run.id(), suffix);
    }

    private Path file(RunId id, String suffix) {
        return folder.resolve(id.value() + suffix);
    }

    private Path file(ProcessIdentity process, String suffix) {
        return folder.resolve("process-" + process.toString().replaceAll("[^A-Za-z0-9-]", "-") + suffix);
    }

    private Optional<JournaledRun> read(RunId id) throws IOException {
        return files.read(id).flatMap(content -> JournalText.read(id, content));
    }
}
