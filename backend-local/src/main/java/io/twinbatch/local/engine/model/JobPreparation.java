package io.twinbatch.local.engine.model;

import io.twinbatch.local.node.NodeWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A job's preparation task on a node, and the tasks that wait for it there. */
public final class JobPreparation {
    /** How far it has come. */
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    private NodeWork work;
    private final Instant begun;
    private final List<Assignment> waiting = new ArrayList<>();
    private State state = State.RUNNING;

    public JobPreparation(NodeWork work, Instant begun) {
        this.work = work;
        this.begun = begun;
    }

    /** When its first try began. */
    public Instant begun() {
        return begun;
    }

    public NodeWork work() {
        return work;
    }

    public void tryAgain(NodeWork again) {
        work = again;
    }

    public State state() {
        return state;
    }

    public void await(Assignment assignment) {
        waiting.add(assignment);
    }

    /** One of those that wait is not to run any more. */
    public void giveUp(Assignment assignment) {
        waiting.remove(assignment);
    }

    public boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** Ends the wait, and returns who waited. */
    public List<Assignment> finish(boolean done) {
        state = done ? State.DONE : State.FAILED;
        List<Assignment> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
