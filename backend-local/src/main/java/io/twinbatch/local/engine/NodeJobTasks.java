package io.twinbatch.local.engine;

import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.host.WorkFactory;
import io.twinbatch.local.engine.model.Assignment;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.JobPreparation;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.JobOnNode;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeTaskResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job has its nodes do before its first task there, and after its end. */
final class NodeJobTasks {
    private static final Logger LOG = LoggerFactory.getLogger(NodeJobTasks.class);

    private final EngineState state;
    private final NodeHost host;
    private final WorkFactory works;
    private final EngineLoop loop;
    private final Transitions transitions;
    private final Clock clock;
    private final List<EndedPreparation> toNotify = new ArrayList<>();

    NodeJobTasks(
            EngineState state,
            NodeHost host,
            WorkFactory works,
            EngineLoop loop,
            Transitions transitions,
            Clock clock) {
        this.state = state;
        this.host = host;
        this.works = works;
        this.loop = loop;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** A preparation that has ended. The tasks that wait for it are notified when its time is over. */
    private record EndedPreparation(
            NodeEntry node, JobEntry job, JobPreparation preparation, boolean done, Prepared listener) {}

    /** Hears that a node is prepared for a job, or could not be. */
    interface Prepared {
        /** The node has been prepared, or its preparation has failed; these tasks have waited for it. */
        void prepared(NodeEntry node, JobEntry job, boolean done, List<Assignment> waiting);
    }

    /** Whether tasks of a job can run on a node at once; what the preparation task brought may have been deleted. */
    boolean isPrepared(NodeEntry node, JobEntry job) {
        if (job.record().spec().preparation().isEmpty()) {
            return true;
        }
        JobPreparation preparation = node.preparations().get(job.key());
        boolean done = preparation != null && preparation.state() == JobPreparation.State.DONE;
        if (done && !host.isPreparedFor(node.record(), job.record())) {
            LOG.warn(
                    "What job {} was prepared with is gone from node {}; it is prepared anew",
                    job.record().spec().id(),
                    node.record().id());
            host.forget(node.preparations().remove(job.key()).work());
            return false;
        }
        return done;
    }

    /** The preparation of a node for a job, begun if it was not yet. */
    JobPreparation preparation(NodeEntry node, JobEntry job, Prepared listener) {
        JobPreparation known = node.preparations().get(job.key());
        if (known != null) {
            return known;
        }
        JobPreparation preparation =
                new JobPreparation(works.preparation(node.record(), job.record()), clock.instant());
        node.preparations().put(job.key(), preparation);
        JobOnNode begun = new JobOnNode(
                node.record().pool(), node.record().id(), NodeTaskResult.begun(preparation.begun()), Optional.empty());
        state.update(job, job.record().preparing(begun));
        run(node, job, preparation, listener);
        return preparation;
    }

    private void run(NodeEntry node, JobEntry job, JobPreparation preparation, Prepared listener) {
        NodeWork work = preparation.work();
        state.afterwards(() -> host.runAndKeep(
                work, outcome -> loop.post(() -> ended(node, job, preparation, work, outcome, listener))));
    }

    private void ended(
            NodeEntry node,
            JobEntry job,
            JobPreparation preparation,
            NodeWork work,
            WorkOutcome outcome,
            Prepared listener) {
        if (node.preparations().get(job.key()) != preparation || preparation.work() != work) {
            return;
        }
        if (isToBeTriedAgain(node, job, outcome)) {
            update(node, job, on -> withPreparation(on, on.preparation().retried(clock.instant())));
            host.forget(work);
            preparation.tryAgain(works.preparation(node.record(), job.record()));
            run(node, job, preparation, listener);
            return;
        }
        update(node, job, on -> withPreparation(on, result(on.preparation(), "the preparation task", outcome)));
        boolean done = isSuccess(outcome) || !job.record().rules().preparation().gates();
        toNotify.add(new EndedPreparation(node, job, preparation, done, listener));
    }

    /** Notifies the tasks that wait for preparations that have ended. */
    void settle() {
        toNotify.removeIf(end -> {
            JobPreparation preparation = end.preparation();
            if (preparation.isAwaited() && !transitions.isOver(preparation.begun())) {
                return false;
            }
            end.listener().prepared(end.node(), end.job(), end.done(), preparation.finish(end.done()));
            return true;
        });
    }

    private static boolean isToBeTriedAgain(NodeEntry node, JobEntry job, WorkOutcome outcome) {
        int most = job.record().rules().preparation().maxRetries();
        int retries = job.record().nodes().stream()
                .filter(on -> on.isOn(node.record().pool(), node.record().id()))
                .mapToInt(on -> on.preparation().retries())
                .findFirst()
                .orElse(0);
        return outcome.isNonZeroExit() && retries < most && job.record().state().takesTasks() && !node.isLeaving();
    }

    private static boolean isSuccess(WorkOutcome outcome) {
        return outcome instanceof WorkOutcome.Exited exited && exited.exitCode() == 0;
    }

    private static JobOnNode withPreparation(JobOnNode on, NodeTaskResult result) {
        return new JobOnNode(on.pool(), on.node(), result, on.release());
    }

    private static JobOnNode withRelease(JobOnNode on, NodeTaskResult result) {
        return new JobOnNode(on.pool(), on.node(), on.preparation(), Optional.of(result));
    }

    private void update(NodeEntry node, JobEntry job, UnaryOperator<JobOnNode> change) {
        if (state.jobs().get(job.key()) != job) {
            return;
        }
        JobRecord record = job.record();
        record.nodes().stream()
                .filter(on -> on.isOn(node.record().pool(), node.record().id()))
                .findFirst()
                .ifPresent(on -> state.update(job, record.onNode(on, change)));
    }

    private NodeTaskResult result(NodeTaskResult running, String what, WorkOutcome outcome) {
        return running.ended(clock.instant(), outcome.code(), outcome.problem(what));
    }

    /** Has a preparation that is going on stopped. */
    void stop(NodeEntry node, JobEntry job) {
        JobPreparation preparation = node.preparations().get(job.key());
        if (preparation != null && preparation.state() == JobPreparation.State.RUNNING) {
            NodeWork work = preparation.work();
            state.afterwards(() -> host.elsewhere(() -> work.end(EndReason.TERMINATED)));
        }
    }

    /** Has a node do what the job asks for at its end; false when it has nothing to do. */
    boolean release(NodeEntry node, JobEntry job) {
        JobPreparation preparation = node.preparations().remove(job.key());
        if (preparation == null) {
            return false;
        }
        host.forget(preparation.work());
        if (job.record().spec().release().isEmpty() || node.isLeaving()) {
            return false;
        }
        NodeWork work = works.release(node.record(), job.record());
        node.releases().add(work);
        NodeTaskResult begun = NodeTaskResult.begun(clock.instant());
        update(node, job, on -> withRelease(on, begun));
        state.afterwards(() -> host.run(
                work,
                outcome -> loop.post(() -> {
                    node.releases().remove(work);
                    job.releasing(job.releasing() - 1);
                    update(node, job, on -> withRelease(on, result(begun, "the release task", outcome)));
                })));
        return true;
    }
}
