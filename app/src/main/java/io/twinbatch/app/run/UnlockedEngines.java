package io.twinbatch.app.run;

import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.inspect.JobFinder;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.inspect.StateFolderSnapshot;
import io.twinbatch.local.store.EngineFolders;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What runs have left in all engines of a state folder that no other process uses. Each is opened when it is asked for. A
 * run is resumed where its record is; the other engines are released then.
 */
final class UnlockedEngines implements BackendSession {
    private final LocalConfig config;
    private final EngineFolders folders;
    private final Function<Path, BackendSession> opener;
    private final Consumer<String> notes;
    private final Map<Path, BackendSession> open = new LinkedHashMap<>();
    private final Map<Path, Long> inUse = new LinkedHashMap<>();
    private final IdentityHashMap<Leftover, BackendSession> holders = new IdentityHashMap<>();
    private boolean cancelled;

    /**
     * The engines of a state folder.
     *
     * @param opener opens the engine of exactly one folder
     * @param notes hears, in a sentence, which engines are left alone
     */
    UnlockedEngines(LocalConfig config, Function<Path, BackendSession> opener, Consumer<String> notes) {
        this.config = config;
        this.folders = new EngineFolders(config.stateDir());
        this.opener = opener;
        this.notes = notes;
    }

    /** Opens the engine of a folder; empty when another process uses it. */
    private synchronized Optional<BackendSession> open(Path folder) {
        if (cancelled) {
            throw new BatchException(
                    ErrorCode.UNKNOWN, "state folder " + folder, "interrupted before the engine was opened");
        }
        Optional<Long> owner = StateFolder.owner(folder);
        if (owner.isEmpty()) {
            try {
                BackendSession session = opener.apply(folder);
                open.put(folder, session);
                return Optional.of(session);
            } catch (BatchException e) {
                owner = StateFolder.owner(folder);
                if (e.code() != ErrorCode.CONFLICT || owner.isEmpty()) {
                    throw e;
                }
            }
        }
        inUse.put(folder, owner.get());
        return Optional.empty();
    }

    private synchronized void giveBack(Path folder) {
        open.remove(folder).close();
    }

    @Override
    public Optional<RunRecord> record(String name) {
        Map<Path, Long> held = folders.held();
        // A record is in the engine's object store, which takes a while to start; its jobs can be seen at once.
        List<Path> existing = folders.existing();
        Set<Path> withJob =
                existing.stream().filter(folder -> hasJob(folder, name)).collect(Collectors.toSet());
        List<Path> likelyFirst = existing.stream()
                .sorted(Comparator.comparing(folder -> !withJob.contains(folder)))
                .toList();
        for (Path folder : likelyFirst) {
            if (held.containsKey(folder) && withJob.contains(folder)) {
                throw new BatchException(
                        ErrorCode.CONFLICT,
                        "run " + name,
                        "the state folder " + folder + " of the run is used by process " + held.get(folder)
                                + "; wait until that process ends");
            }
            Optional<RunRecord> record = open(folder).flatMap(session -> session.record(name));
            if (record.isPresent()) {
                return record;
            }
            if (open.containsKey(folder)) {
                giveBack(folder);
            }
        }
        reportWhatIsInUse();
        return Optional.empty();
    }

    private boolean hasJob(Path folder, String name) {
        return JobFinder.in(StateFolderSnapshot.at(config.at(folder)).jobs(), name)
                .isPresent();
    }

    @Override
    public List<Leftover> leftovers() {
        folders.existing().forEach(this::open);
        reportWhatIsInUse();
        List<Leftover> all = new ArrayList<>();
        // Engines can share an object store that the user has named.
        Set<String> containers = new HashSet<>();
        for (BackendSession session : List.copyOf(open.values())) {
            for (Leftover leftover : session.leftovers()) {
                if (leftover.resource() != Resource.CONTAINER || containers.add(leftover.id())) {
                    holders.put(leftover, session);
                    all.add(leftover);
                }
            }
        }
        return all;
    }

    private void reportWhatIsInUse() {
        if (!inUse.isEmpty()) {
            notes.accept("Skipped, because another process uses it: "
                    + inUse.entrySet().stream()
                            .map(held -> held.getKey() + " (process " + held.getValue() + ")")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }

    @Override
    public boolean delete(Leftover leftover) {
        return holders.get(leftover).delete(leftover);
    }

    /** The engine that has the record of the run. */
    private BackendSession only() {
        if (open.size() != 1) {
            throw new IllegalStateException("a run is found by its record before it goes on");
        }
        return open.values().iterator().next();
    }

    @Override
    public ResumePlan continuation(RunRecord record, TaskProgram program, Path outputFolder) {
        return only().continuation(record, program, outputFolder);
    }

    @Override
    public RunResult resume(ResumePlan continuation, RunListener listener, CleanupChoice choice) {
        return only().resume(continuation, listener, choice);
    }

    @Override
    public ConcurrentRuns concurrentRuns() {
        return only().concurrentRuns();
    }

    @Override
    public List<Preflight.Finding> preflight(RunPlan plan) {
        return only().preflight(plan);
    }

    @Override
    public RunResult run(RunPlan plan, RunListener listener, CleanupChoice choice) {
        return only().run(plan, listener, choice);
    }

    @Override
    public void terminate(JobId job) {
        only().terminate(job);
    }

    @Override
    public ObjectStore store() {
        return only().store();
    }

    @Override
    public BackendInspector inspector() {
        return only().inspector();
    }

    @Override
    public synchronized boolean cancel() {
        cancelled = true;
        boolean any = false;
        for (BackendSession session : open.values()) {
            any |= session.cancel();
        }
        return any;
    }

    @Override
    public synchronized void close() {
        RuntimeException failure = null;
        for (BackendSession session : open.values()) {
            try {
                session.close();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
