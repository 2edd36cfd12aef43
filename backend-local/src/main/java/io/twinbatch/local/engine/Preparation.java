package io.twinbatch.local.engine;

import io.twinbatch.local.node.Work;
import java.util.ArrayList;
import java.util.List;

/** A job's preparation task on a node, and the tasks that wait for it there. */
final class Preparation {
    /** How far it has come. */
    enum State {
        RUNNING,
        DONE,
        FAILED
    }

    private Work work;
    private final List<Assignment> waiting = new ArrayList<>();
    private State state = State.RUNNING;

    Preparation(Work work) {
        this.work = work;
    }

    Work work() {
        return work;
    }

    void tryAgain(Work again) {
        work = again;
    }

    State state() {
        return state;
    }

    void await(Assignment assignment) {
        waiting.add(assignment);
    }

    /** One of those that wait is not to run any more. */
    void giveUp(Assignment assignment) {
        waiting.remove(assignment);
    }

    /** Ends the wait, and returns who waited. */
    List<Assignment> finish(boolean done) {
        state = done ? State.DONE : State.FAILED;
        List<Assignment> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
