package io.twinbatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragePortTest {
    @TempDir
    private Path objects;

    private final List<String> messages = new ArrayList<>();

    @Test
    void theLastPortIsTakenAgainWhileItIsFree() {
        int free = StoragePort.anyFree();
        StoragePort port = new StoragePort(objects);
        port.remember(free);
        port.remember(free);

        assertThat(new StoragePort(objects).choose(messages::add)).contains(free);
        assertThat(messages).isEmpty();
    }

    @Test
    void whenItIsTakenAnotherOneIsChosenAndTheLossIsSaid() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StoragePort port = inNoTime(() -> {});
            port.remember(other.getLocalPort());

            assertThat(port.choose(messages::add).orElse(0)).isNotEqualTo(other.getLocalPort());
            assertThat(messages).singleElement().asString().contains("signed before this start");
        }
    }

    @Test
    void aPortThatADyingProcessHoldsIsWaitedFor() throws IOException {
        ServerSocket dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StoragePort port = inNoTime(() -> {
            try {
                dying.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        port.remember(dying.getLocalPort());

        assertThat(port.last(messages::add)).contains(dying.getLocalPort());
        assertThat(messages).isEmpty();
    }

    @Test
    void aChosenPortThatAnotherProgramTakesFirstIsGivenUpForAFreeOne() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Optional<Integer> chosen = Optional.of(other.getLocalPort());

            Optional<Integer> started = new StoragePort(objects).start(chosen, StoragePortTest::listen, messages::add);

            assertThat(started).isEmpty();
            assertThat(messages).isEmpty();
        }
    }

    @Test
    void theLossOfTheLastPortAtTheStartIsSaid() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StoragePort port = new StoragePort(objects);
            port.remember(other.getLocalPort());

            port.start(Optional.of(other.getLocalPort()), StoragePortTest::listen, messages::add);

            assertThat(messages).singleElement().asString().contains("signed before this start");
        }
    }

    @Test
    void aStartThatFailsOnAFreePortIsNotRepeated() {
        int free = StoragePort.anyFree();
        BatchException broken = new BatchException(ErrorCode.UNAVAILABLE, "Azurite", "node is broken");
        List<Optional<Integer>> starts = new ArrayList<>();

        assertThatThrownBy(() -> new StoragePort(objects)
                        .start(
                                Optional.of(free),
                                port -> {
                                    starts.add(port);
                                    throw broken;
                                },
                                messages::add))
                .isSameAs(broken);
        assertThat(starts).containsExactly(Optional.of(free));
    }

    /** Stands for an object store: it cannot start on a port that is taken. */
    private static Optional<Integer> listen(Optional<Integer> port) {
        try (ServerSocket socket = new ServerSocket(port.orElse(0), 1, InetAddress.getLoopbackAddress())) {
            return port;
        } catch (IOException e) {
            throw new BatchException(ErrorCode.UNAVAILABLE, "Azurite", "port is taken", e);
        }
    }

    /** One that waits without time passing for the test; something happens with each wait. */
    private StoragePort inNoTime(Runnable onWait) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Sleeper sleeper = time -> {
            onWait.run();
            now.updateAndGet(before -> before.plus(time));
        };
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("only UTC");
            }
        };
        return new StoragePort(objects, new Waiter(sleeper, PollInterval.NEARBY), clock);
    }

    @Test
    void aDamagedMemoryIsAsGoodAsNone() throws IOException {
        Files.writeString(objects.resolve("blob.port"), "x");

        new StoragePort(objects).choose(messages::add);

        assertThat(messages).isEmpty();
    }
}
