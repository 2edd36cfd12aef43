package io.twinbatch.local.engine.host;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.local.application.InstallationException;
import io.twinbatch.local.application.InstalledPackage;
import io.twinbatch.local.application.PackageReference;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.disk.PrivateFiles;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.NodeServices;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of nodes on threads of its own. It knows which work is going on, so that processes that outlive their
 * work can be recognized.
 */
public final class NodeHost {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHost.class);

    private final NodeFolders folders;
    private final NodeServices tools;
    private final NodeThreads threads;
    private final DeferredWork waiting;

    /** Deletes, one folder after the other: many at once would only get into each other's way. */
    private final ExecutorService deleting;

    private final TaskTokens tokens;

    /** Work whose processes may live, by its mark. */
    private final Map<String, NodeWork> alive = new ConcurrentHashMap<>();

    /** Whether work has ended since stray processes were searched for. */
    private final AtomicBoolean hasRun = new AtomicBoolean();

    public NodeHost(
            NodeFolders folders, NodeServices tools, NodeThreads threads, ExecutorService deleting, TaskTokens tokens) {
        this.tokens = tokens;
        this.folders = folders;
        this.tools = tools;
        this.threads = threads;
        this.waiting = new DeferredWork(tools.timer(), attempt -> elsewhere(() -> attempt(attempt)));
        this.deleting = deleting;
    }

    public NodeFolder folder(PoolId pool, NodeId node) {
        return folders.node(pool, node);
    }

    /** The folder of a pool's nodes. */
    public Path folder(PoolId pool) {
        return folders.pool(pool);
    }

    /** Whether processes of this piece of work may live. */
    public boolean isAlive(String workId) {
        return alive.containsKey(workId);
    }

    /** Does a piece of work; when it is over, no process of it lives on. */
    public void run(NodeWork work, Consumer<WorkOutcome> then) {
        run(work, then, false);
    }

    /** Does a piece of work; what it leaves running lives on until {@link #forget}. */
    public void runAndKeep(NodeWork work, Consumer<WorkOutcome> then) {
        run(work, then, true);
    }

    private void run(NodeWork work, Consumer<WorkOutcome> then, boolean keep) {
        alive.put(work.id(), work);
        elsewhere(() -> attempt(new WorkAttempt(work, then, keep)));
    }

    /** Does it on this thread, and then what has waited for room. */
    private void attempt(WorkAttempt first) {
        Optional<WorkAttempt> next = Optional.of(first);
        while (next.isPresent()) {
            WorkAttempt attempt = next.get();
            Optional<WorkOutcome> outcome = attempt.work().run();
            if (outcome.isEmpty()) {
                waiting.add(attempt);
                return;
            }
            if (!attempt.keep()) {
                alive.remove(attempt.work().id());
                tokens.revoke(attempt.work().id());
            }
            hasRun.set(true);
            attempt.then().accept(outcome.get());
            next = waiting.next();
        }
    }

    /**
     * Makes sure of the container images that a node is to have.
     *
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when one cannot be had
     */
    public void fetch(List<ContainerImage> images) throws InterruptedException {
        for (ContainerImage image : images) {
            tools.containers().require(image);
        }
    }

    /**
     * Makes sure that a node has application packages.
     *
     * @throws InstallationException when it cannot have one
     */
    public List<InstalledPackage> install(NodeFolder node, List<PackageReference> packages)
            throws InstallationException {
        return tools.packages().install(node.root(), packages);
    }

    /** Whether work has ended since the last call, so that something may have outlived it. */
    public boolean takeHasRun() {
        return hasRun.getAndSet(false);
    }

    /** Ends everything that is going on. */
    public void endAll(EndReason reason) {
        alive.values().forEach(work -> work.end(reason));
    }

    /** What this work left running may not live any longer. */
    public void forget(NodeWork work) {
        alive.remove(work.id());
        tokens.revoke(work.id());
        hasRun.set(true);
    }

    /**
     * Deletes a folder: moved out of the way at once, so that its name is free for a new one, and emptied in the
     * background.
     */
    public void discard(Path folder) {
        Path trash = trash().resolve(UUID.randomUUID().toString());
        try {
            PrivateFiles.createFolder(trash());
            Files.move(folder, trash);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            LOG.warn("The folder {} could not be moved away to be deleted: {}", folder, FailureReason.of(e));
            return;
        }
        deleting.execute(() -> delete(trash));
    }

    /** Deletes what an engine before has discarded and not yet deleted. */
    public void emptyTrash() {
        deleting.execute(() -> delete(trash()));
    }

    private Path trash() {
        return folders.root().resolve(".discarded");
    }

    private static void delete(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            LOG.warn("The folder {} could not be deleted: {}", folder, FailureReason.of(e));
        }
    }

    /** Does something that may take a moment, away from the engine's thread. */
    public void elsewhere(Runnable action) {
        threads.execute(action);
    }

    /** Ends work whose process writes without end. */
    public void endTalkative() {
        alive.values().forEach(NodeWork::endWhenTalkative);
    }

    /** Whether the folder of a node is there. */
    public boolean hasFolder(NodeRecord node) {
        return Files.isDirectory(folder(node.pool(), node.id()).root());
    }

    /** Whether what a job's preparation task has left on a node is there. */
    public boolean isPreparedFor(NodeRecord node, JobRecord job) {
        return Files.isDirectory(folder(node.pool(), node.id())
                .task(job.spec().id().value(), job.rules().preparation().id())
                .resolve(NodeFolder.WORKING_FOLDER));
    }
}
