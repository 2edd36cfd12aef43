package io.twinbatch.local.record;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A job as the engine keeps it.
 *
 * @param spec what was asked for
 * @param sequence its place in the order of creation
 * @param state where it is in its life
 * @param created when it was created
 * @param ended when it ended
 * @param endReason why it ended
 * @param rules what was asked for beyond the specification
 * @param history what happened when
 * @param nodes the nodes that have begun to prepare for it
 */
public record JobRecord(
        JobSpec spec,
        long sequence,
        JobPhase state,
        Instant created,
        Optional<Instant> ended,
        Optional<String> endReason,
        JobRules rules,
        StateHistory<JobPhase> history,
        List<JobOnNode> nodes) {
    /** Completes a record that was written before there were rules and a history. */
    public JobRecord {
        rules = rules == null ? JobRules.DEFAULT : rules;
        history = history == null ? StateHistory.begun(created) : history;
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
    }

    /** A job that has just been created. */
    public static JobRecord created(JobSpec spec, JobRules rules, long sequence, Instant now) {
        return new JobRecord(
                spec,
                sequence,
                JobPhase.ACTIVE,
                now,
                Optional.empty(),
                Optional.empty(),
                rules,
                StateHistory.begun(now),
                List.of());
    }

    /** The same job whose end has been ordered. */
    public JobRecord terminating(String reason, Instant now) {
        return in(JobPhase.TERMINATING, ended, Optional.of(reason), history.left(state, now));
    }

    /** The same job after its end. */
    public JobRecord completed(Instant now) {
        return in(JobPhase.COMPLETED, Optional.of(now), endReason, history.passed(now));
    }

    /** The same job whose deletion has been ordered. */
    public JobRecord deleting(Instant now) {
        return in(JobPhase.DELETING, ended, endReason, history.left(state, now));
    }

    /** The same job, no further task of which starts. */
    public JobRecord disabling(Instant now) {
        return in(JobPhase.DISABLING, ended, endReason, history.left(state, now));
    }

    /** The same job when nothing of it runs any more. */
    public JobRecord disabled(Instant now) {
        return in(JobPhase.DISABLED, ended, endReason, history.passed(now));
    }

    /** The same job, its tasks started again. */
    public JobRecord enabled(Instant now) {
        return in(JobPhase.ACTIVE, ended, endReason, history.left(state, now));
    }

    /** The same job after a client's order. */
    public JobRecord modified(Instant now) {
        return in(state, ended, endReason, history.modified(now));
    }

    private JobRecord in(
            JobPhase newState,
            Optional<Instant> newEnded,
            Optional<String> newReason,
            StateHistory<JobPhase> newHistory) {
        return new JobRecord(spec, sequence, newState, created, newEnded, newReason, rules, newHistory, nodes);
    }

    /** The same job after a client has changed what it asks for. */
    public JobRecord changed(JobSpec newSpec, JobRules newRules, Instant now) {
        return new JobRecord(
                newSpec, sequence, state, created, ended, endReason, newRules, history.modified(now), nodes);
    }

    /** The same job, begun anew on a node. */
    public JobRecord preparing(JobOnNode node) {
        List<JobOnNode> others = nodes.stream()
                .filter(other -> !other.isOn(node.pool(), node.node()))
                .toList();
        return with(Stream.concat(others.stream(), Stream.of(node)).toList());
    }

    /** The same job, further on on a node. */
    public JobRecord onNode(JobOnNode node, UnaryOperator<JobOnNode> change) {
        return with(nodes.stream()
                .map(other -> other.isOn(node.pool(), node.node()) ? change.apply(other) : other)
                .toList());
    }

    /** The same job on other nodes. */
    public JobRecord with(List<JobOnNode> newNodes) {
        return new JobRecord(spec, sequence, state, created, ended, endReason, rules, history, newNodes);
    }

    /** As users of the API see it. */
    public Job toJob() {
        return new Job(spec, state.toState(), created, ended, endReason);
    }
}
