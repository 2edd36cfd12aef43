package io.twinbatch.local;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of a state folder's object store. It stays the same from start to start as long as nobody else takes it, because
 * signed URLs hold it, and those of tasks that wait have to be valid after a restart.
 */
public final class StoragePort {
    private static final Logger LOG = LoggerFactory.getLogger(StoragePort.class);

    /** The port that clients of a storage emulator try first. */
    private static final int USUAL = 10_000;

    private static final int QUEUE = 1;
    private static final int CONNECT_MILLIS = 2000;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int FIRST_FREE = 20_000;
    private static final int LAST_FREE = 32_000;
    private static final int FREE_TRIES = 100;

    private final Path file;
    private final Waiter waiter;
    private final Clock clock;

    /** The port of the object store that keeps its data in a folder. */
    StoragePort(Path objects) {
        this(objects, new Waiter(Sleeper.REAL, PollInterval.NEARBY), Clock.systemUTC());
    }

    StoragePort(Path objects, Waiter waiter, Clock clock) {
        this.file = objects.resolve("blob.port");
        this.waiter = waiter;
        this.clock = clock;
    }

    /**
     * The port to start it on; empty when neither the last one nor the usual one is free.
     *
     * @param progress hears when the last port is taken
     */
    Optional<Integer> choose(Consumer<String> progress) {
        return last(progress).or(() -> Optional.of(USUAL).filter(StoragePort::isFree));
    }

    /**
     * The port on which it was the last time; empty when there was none, or it is taken by another program. One that a
     * process that was killed has left running holds the port for moments more, and is waited for.
     *
     * @param progress hears when the last port is taken
     */
    Optional<Integer> last(Consumer<String> progress) {
        Optional<Integer> last = last();
        if (last.isEmpty() || becomesFree(last.get())) {
            return last;
        }
        reportLoss(last.get(), progress);
        return Optional.empty();
    }

    /**
     * Starts the object store. Another program, such as a second emulator that starts at the same moment, may take the
     * chosen port first; the object store then starts on any free port.
     *
     * @param chosen the port to try first; empty for any free one
     * @param starter starts the object store on a port, or on any free one
     * @param progress hears when the last port is taken
     * @throws BatchException as the starter does, for any reason but a taken port
     */
    <T> T start(Optional<Integer> chosen, Function<Optional<Integer>, T> starter, Consumer<String> progress) {
        try {
            return starter.apply(chosen);
        } catch (BatchException e) {
            boolean taken = e.code() == ErrorCode.UNAVAILABLE
                    && chosen.filter(port -> !isFree(port)).isPresent();
            if (!taken) {
                throw e;
            }
            if (chosen.equals(last())) {
                reportLoss(chosen.get(), progress);
            }
            return starter.apply(Optional.empty());
        }
    }

    private static void reportLoss(int port, Consumer<String> progress) {
        progress.accept("Port " + port + " of the object store is taken by another program: URLs that were signed"
                + " before this start do not work any more.");
    }

    /** Where the object store that keeps its data in a folder listens now; empty when nothing listens there. */
    public static Optional<Integer> inUse(Path objects) {
        return new StoragePort(objects).last().filter(StoragePort::isServed);
    }

    /** Whether somebody listens on the port on which it was the last time. */
    boolean isTaken() {
        return last().filter(StoragePort::isServed).isPresent();
    }

    private boolean becomesFree(int port) {
        try {
            return waiter.await(
                    "port " + port,
                    Deadline.after(clock, PATIENCE),
                    () -> isFree(port) ? Optional.of(true) : Optional.empty());
        } catch (BatchException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Remembers where it has been started. */
    void remember(int port) {
        if (last().equals(Optional.of(port))) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            PrivateFiles.writeNew(file, Integer.toString(port));
        } catch (IOException e) {
            LOG.warn("The object store's port cannot be kept in {}: {}", file, FailureReason.of(e));
        }
    }

    private Optional<Integer> last() {
        try {
            return Files.exists(file)
                    ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * A port where a server can listen, out of those that the system gives to no connection by itself.
     *
     * @throws BatchException {@code UNAVAILABLE} when none was found
     */
    static int anyFree() {
        return ThreadLocalRandom.current()
                .ints(FREE_TRIES, FIRST_FREE, LAST_FREE)
                .filter(StoragePort::isFree)
                .findFirst()
                .orElseThrow(() -> new BatchException(
                        ErrorCode.UNAVAILABLE, "port", "no free one was found on this machine; name one with --port"));
    }

    /** Whether a server listens there. It is asked for a connection: to bind the port would keep another program off it. */
    private static boolean isServed(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a server could listen there now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, QUEUE, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
