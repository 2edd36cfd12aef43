package io.twinbatch.app.report;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvent.Transfer;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.app.report.RunHistory.NodeUse;
import io.twinbatch.app.report.RunHistory.StepTime;
import io.twinbatch.app.report.RunHistory.Transferred;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records what happens in a run. */
public final class RunRecorder implements RunListener {
    private static final int MAX_WARNINGS = 100;

    private final Clock clock;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final List<StepTime> steps = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Transferred uploads = Transferred.NONE;
    private Transferred downloads = Transferred.NONE;
    private Optional<Transfer> transfer = Optional.empty();
    private int nodes;
    private int mostNodes;
    private Duration nodeTime = Duration.ZERO;
    private Instant nodesSince;

    /** Records with the times of a clock. */
    public RunRecorder(Clock clock) {
        this.clock = clock;
        this.nodesSince = clock.instant();
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            steps.add(new StepTime(started.step(), clock.instant(), Optional.empty()));
        } else if (event instanceof RunEvent.StepDone done) {
            end(done);
        } else if (event instanceof RunEvent.Uploading uploading) {
            transfer = Optional.of(uploading.transfer());
        } else if (event instanceof RunEvent.Downloading downloading) {
            transfer = Optional.of(downloading.transfer());
        } else if (event instanceof RunEvent.TasksListed listed) {
            listed.tasks().forEach(task -> tasks.put(task.key().task(), task));
        } else if (event instanceof RunEvent.Warning warning && warnings.size() < MAX_WARNINGS) {
            warnings.add(warning.text());
        } else {
            countNodes(event);
        }
    }

    /** What has happened until now. */
    public synchronized RunHistory history() {
        nodesAre(nodes);
        return new RunHistory(
                List.copyOf(tasks.values()), steps, uploads, downloads, new NodeUse(mostNodes, nodeTime), warnings);
    }

    /** A step may contain another one, so that the last one of its kind ends. */
    private void end(RunEvent.StepDone done) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepTime begun = steps.get(i);
            if (begun.step() == done.step() && begun.elapsed().isEmpty()) {
                steps.set(i, new StepTime(begun.step(), begun.started(), Optional.of(done.elapsed())));
                break;
            }
        }
        if (done.step() == Step.UPLOAD) {
            uploads = uploads.plus(transferred(done.elapsed()));
        } else if (done.step() == Step.DOWNLOAD) {
            downloads = downloads.plus(transferred(done.elapsed()));
        }
    }

    private Transferred transferred(Duration elapsed) {
        Transferred all = transfer.map(last -> new Transferred(last.filesDone(), last.bytesDone(), elapsed))
                .orElse(Transferred.NONE);
        transfer = Optional.empty();
        return all;
    }

    /** Nodes count from their order on, since a provider may have started them before they are first seen. */
    private void countNodes(RunEvent event) {
        if (event instanceof RunEvent.PoolCreated created) {
            nodesAre(target(created.spec()));
        } else if (event instanceof RunEvent.PoolReused reused) {
            nodesAre(reused.pool().currentDedicatedNodes() + reused.pool().currentSpotNodes());
        } else if (event instanceof RunEvent.NodesObserved observed) {
            nodesAre(observed.nodes().size());
        } else if (event instanceof RunEvent.CleanedUp cleaned && cleaned.resource() == Resource.POOL) {
            nodesAre(0);
        } else if (event instanceof RunEvent.AlreadyGone gone && gone.resource() == Resource.POOL) {
            nodesAre(0);
        }
    }

    private static int target(PoolSpec spec) {
        return spec.nodes();
    }

    private void nodesAre(int count) {
        Instant now = clock.instant();
        nodeTime = nodeTime.plus(Duration.between(nodesSince, now).multipliedBy(nodes));
        nodesSince = now;
        nodes = count;
        mostNodes = Math.max(mostNodes, count);
    }
}
