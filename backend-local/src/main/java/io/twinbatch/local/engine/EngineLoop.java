package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.store.ChangeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's two threads. The first takes all commands that wait, runs them one after the other, and has the state
 * settled. The second keeps what the first has changed: it writes everything that has come together since its last write
 * at once, and only then answers the callers. So tasks are placed while the disk is busy, one write serves many
 * commands when they come fast, and no caller hears of anything that a crash could undo.
 */
final class EngineLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final int MAX_GROUP = 2000;

    /** The shortest time from one write to the next: a journal that is flushed all the time slows every other write. */
    private static final long WRITE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What the loop runs around. */
    interface Committer {
        /** Brings the state to rest after a group of commands, and returns what has changed. On the first thread. */
        ChangeSet settle();

        /** Makes changes lasting and then visible, in their order. On the second thread. */
        void keep(List<ChangeSet> changes);

        /**
         * A write or the engine has failed; nothing is kept any more. On the second thread, when the first has come to
         * its end.
         */
        void failed(BatchException failure);
    }

    private record Command<T>(Supplier<T> body, CompletableFuture<T> answer) {
        /** Runs the command and returns what answers its caller once its changes are kept. */
        Runnable run() {
            try {
                T result = body.get();
                return () -> answer.complete(result);
            } catch (RuntimeException e) {
                return () -> answer.completeExceptionally(e);
            }
        }
    }

    /**
     * What a group of commands has changed, and who waits for it to be kept.
     *
     * @param failure what the first thread failed at; empty when it did not
     * @param last whether nothing comes after it
     */
    private record Group(
            ChangeSet changes,
            List<Command<?>> commands,
            List<Runnable> answers,
            Optional<BatchException> failure,
            boolean last) {}

    private final BlockingQueue<Command<?>> commands = new LinkedBlockingQueue<>();
    private final BlockingQueue<Group> groups = new LinkedBlockingQueue<>();
    private final Committer committer;
    private final Thread first;
    private final Thread second;

    /** Why commands are refused; null while they are not. */
    private volatile BatchException refusal;

    /** Whether nobody answers any more what is put in line now. */
    private volatile boolean ended;

    /** Whether the first thread takes no further commands. */
    private volatile boolean stopping;

    EngineLoop(Committer committer) {
        this.committer = committer;
        first = new Thread(this::applyAll, "twinbatch-engine");
        second = new Thread(this::keepAll, "twinbatch-committer");
        first.setDaemon(true);
        second.setDaemon(true);
    }

    void start() {
        first.start();
        second.start();
    }

    /** Runs a command on the engine's thread and returns its result when its changes are kept. */
    <T> T call(Supplier<T> command) {
        if (refusal != null) {
            throw refusal;
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        add(new Command<>(command, answer));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BatchException failure) {
                throw failure;
            }
            throw new IllegalStateException("the engine failed at a command", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "engine",
                    "the wait for its answer was interrupted; the command may have run",
                    e);
        }
    }

    /** Runs a command without a result. */
    void run(Runnable command) {
        call(() -> {
            command.run();
            return true;
        });
    }

    /** Has an event handled on the engine's thread, some time. */
    void post(Runnable event) {
        Supplier<Boolean> body = () -> {
            try {
                event.run();
            } catch (RuntimeException e) {
                LOG.error("The engine failed at an event", e);
            }
            return true;
        };
        add(new Command<>(body, new CompletableFuture<>()));
    }

    private void add(Command<?> command) {
        commands.add(command);
        if (ended) {
            refuseTheRest();
        }
    }

    private void applyAll() {
        while (!stopping) {
            List<Command<?>> taken = new ArrayList<>();
            try {
                taken.add(commands.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the engine's thread", e);
            }
            commands.drainTo(taken, MAX_GROUP - 1);
            groups.add(apply(taken));
        }
    }

    private Group apply(List<Command<?>> taken) {
        try {
            List<Runnable> answers = new ArrayList<>(taken.size());
            taken.forEach(command -> answers.add(command.run()));
            return new Group(committer.settle(), taken, answers, Optional.empty(), stopping);
        } catch (RuntimeException | Error e) {
            // The state may be changed by half: nothing of it may be kept, and nobody may wait for an answer for ever.
            LOG.error("The engine failed", e);
            BatchException failure = new BatchException(
                    ErrorCode.UNKNOWN,
                    "engine",
                    "it failed and has stopped; start it again: " + FailureReason.of(e),
                    e);
            stopping = true;
            return new Group(ChangeSet.empty(), taken, List.of(), Optional.of(failure), true);
        }
    }

    private void keepAll() {
        long lastWrite = System.nanoTime() - WRITE_INTERVAL_NANOS;
        boolean last = false;
        while (!last) {
            List<Group> taken = new ArrayList<>();
            boolean writes;
            try {
                taken.add(groups.take());
                writes = !taken.get(0).changes().isEmpty();
                if (writes) {
                    // What has changed nothing needs no write, and is answered at once.
                    TimeUnit.NANOSECONDS.sleep(lastWrite + WRITE_INTERVAL_NANOS - System.nanoTime());
                    groups.drainTo(taken);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the committer's thread", e);
            }
            last = keep(taken);
            if (writes) {
                lastWrite = System.nanoTime();
            }
        }
        ended = true;
        refuseTheRest();
    }

    /** Keeps what has come together; true when nothing comes after it. */
    private boolean keep(List<Group> taken) {
        List<ChangeSet> changes = taken.stream()
                .map(Group::changes)
                .filter(change -> !change.isEmpty())
                .toList();
        try {
            if (!changes.isEmpty()) {
                committer.keep(changes);
            }
        } catch (RuntimeException e) {
            BatchException failure = e instanceof BatchException known
                    ? known
                    : new BatchException(
                            ErrorCode.UNKNOWN, "engine", "its state could not be kept: " + FailureReason.of(e), e);
            fail(failure, taken);
            return true;
        }
        Group end = taken.get(taken.size() - 1);
        taken.forEach(group -> group.answers().forEach(Runnable::run));
        end.failure().ifPresent(failure -> fail(failure, List.of(end)));
        return end.last();
    }

    /** Stops the first thread, so that it has no further work begun, and answers those who wait. */
    private void fail(BatchException failure, List<Group> unkept) {
        refusal = failure;
        stopping = true;
        commands.add(new Command<>(() -> true, new CompletableFuture<>()));
        try {
            first.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the committer's thread", e);
        }
        unkept.forEach(
                group -> group.commands().forEach(command -> command.answer().completeExceptionally(failure)));
        committer.failed(failure);
    }

    private void refuseTheRest() {
        List<Command<?>> rest = new ArrayList<>();
        commands.drainTo(rest);
        List<Group> unkept = new ArrayList<>();
        groups.drainTo(unkept);
        unkept.forEach(group -> rest.addAll(group.commands()));
        rest.forEach(command -> command.answer().completeExceptionally(refusal));
    }

    /** Refuses further commands, and returns when those before are done and kept. */
    @Override
    public void close() {
        if (refusal == null) {
            refusal = new BatchException(ErrorCode.UNAVAILABLE, "engine", "it has been closed");
        }
        commands.add(new Command<>(
                () -> {
                    stopping = true;
                    return true;
                },
                new CompletableFuture<>()));
        try {
            first.join();
            second.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
