package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's one thread. It takes all commands that wait, runs them, has the group committed, and then answers the
 * callers; so one write to disk serves many commands when they come fast, and a single one when they come singly.
 */
final class EngineLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final int LARGEST_GROUP = 2000;

    /** What makes a group's changes lasting. */
    interface Committer {
        /** Makes everything that the group changed lasting; what it throws is given to every caller of the group. */
        void commit();

        /** A commit has failed; nothing can be trusted to be kept any more. */
        void failed(BatchException failure);
    }

    private record Command<T>(Supplier<T> body, CompletableFuture<T> answer) {
        /** Runs the command and returns what answers its caller once the group is committed. */
        Runnable run() {
            try {
                T result = body.get();
                return () -> answer.complete(result);
            } catch (RuntimeException e) {
                return () -> answer.completeExceptionally(e);
            }
        }
    }

    private final BlockingQueue<Command<?>> queue = new LinkedBlockingQueue<>();
    private final Committer committer;
    private final Thread thread;

    /** Why commands are refused; null while they are not. */
    private volatile BatchException refusal;

    /** Whether the thread has run its last command, so that nobody answers what is put in line now. */
    private volatile boolean ended;

    private boolean stopping;

    EngineLoop(Committer committer) {
        this.committer = committer;
        thread = new Thread(this::loop, "twinbatch-engine");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
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

    /** Runs a command on the engine's thread and does not wait. */
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
        queue.add(command);
        if (ended) {
            refuseTheRest();
        }
    }

    private void loop() {
        List<Command<?>> group = new ArrayList<>();
        while (!stopping) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the engine's thread", e);
            }
            queue.drainTo(group, LARGEST_GROUP - 1);
            runGroup(group);
            group.clear();
        }
        ended = true;
        refuseTheRest();
    }

    private void runGroup(List<Command<?>> group) {
        List<Runnable> answers = new ArrayList<>(group.size());
        for (Command<?> command : group) {
            answers.add(command.run());
        }
        try {
            committer.commit();
        } catch (RuntimeException e) {
            BatchException failure = e instanceof BatchException known
                    ? known
                    : new BatchException(ErrorCode.UNKNOWN, "engine", "its state could not be kept: " + e, e);
            refusal = failure;
            group.forEach(command -> command.answer().completeExceptionally(failure));
            committer.failed(failure);
            stopping = true;
            return;
        }
        answers.forEach(Runnable::run);
    }

    private void refuseTheRest() {
        List<Command<?>> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(command -> command.answer().completeExceptionally(refusal));
    }

    /** Refuses further commands, and returns when those before are done. */
    @Override
    public void close() {
        refusal = new BatchException(ErrorCode.UNAVAILABLE, "engine", "it has been closed");
        queue.add(new Command<>(
                () -> {
                    stopping = true;
                    return true;
                },
                new CompletableFuture<>()));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
