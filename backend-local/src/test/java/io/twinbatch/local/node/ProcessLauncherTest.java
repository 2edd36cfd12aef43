package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When room is looked for before a process is started, and for how long it is waited for. */
class ProcessLauncherTest {
    private static final ProcessBuilder TRUE = new ProcessBuilder("/bin/true");

    private long nanos;
    private int looks;
    private boolean room = true;
    private boolean refused;

    private final ProcessLauncher starts = new ProcessLauncher(
            process -> {
                if (refused) {
                    throw new IOException("error=11, Resource temporarily unavailable");
                }
                return process.start();
            },
            threads -> {
                looks++;
                return room;
            },
            () -> nanos);

    private void start(int processes) throws Exception {
        for (int i = 0; i < processes; i++) {
            starts.start(TRUE).waitFor();
        }
    }

    private void end(int processes) {
        for (int i = 0; i < processes; i++) {
            starts.ended();
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void roomIsLookedForOnlyWhenMoreProcessesRunThanBefore() throws Exception {
        start(2);
        end(2);
        assertThat(looks).isEqualTo(2);

        start(2);
        assertThat(looks).isEqualTo(2);

        start(1);
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void asManyProcessesAsLongAgoCountNoMore() throws Exception {
        start(2);
        end(2);
        pass(Duration.ofSeconds(31));

        start(2);

        assertThat(looks).isEqualTo(4);
    }

    @Test
    void afterARefusalRoomIsLookedForAgain() throws Exception {
        start(2);
        end(2);
        refused = true;
        assertThatThrownBy(() -> start(1)).isInstanceOf(IOException.class);
        refused = false;

        start(2);

        assertThat(looks).isEqualTo(4);
    }

    @Test
    void withoutRoomNothingIsStarted() {
        room = false;

        assertThatThrownBy(() -> start(1)).isInstanceOf(ProcessLauncher.NoRoom.class);
    }

    @Test
    void missingRoomIsLookedForAgainAfterAWhileOrWhenAProcessHasEnded() throws Exception {
        start(1);
        room = false;
        assertThatThrownBy(() -> start(1)).isInstanceOf(ProcessLauncher.NoRoom.class);
        assertThatThrownBy(() -> start(1)).isInstanceOf(ProcessLauncher.NoRoom.class);
        assertThat(looks).isEqualTo(2);

        pass(Duration.ofMillis(250));
        assertThatThrownBy(() -> start(1)).isInstanceOf(ProcessLauncher.NoRoom.class);
        assertThat(looks).isEqualTo(3);

        end(1);
        room = true;
        start(1);
        assertThat(looks).isEqualTo(4);
    }

    @Test
    void whileProcessesRunTheirEndIsWaitedFor() throws Exception {
        start(1);
        long since = starts.now();
        pass(Duration.ofHours(1));
        assertThat(starts.isHopeless(since)).isFalse();

        end(1);
        pass(Duration.ofSeconds(59));
        assertThat(starts.isHopeless(since)).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(starts.isHopeless(since)).isTrue();
    }

    @Test
    void whoBeganToWaitLaterWaitsAMinuteToo() {
        pass(Duration.ofHours(1));
        long since = starts.now();

        assertThat(starts.isHopeless(since)).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(starts.isHopeless(since)).isTrue();
    }

    @Test
    void thatThereIsNoRoomIsToldOnceAMinute() {
        assertThat(starts.isWorthTelling()).isTrue();
        assertThat(starts.isWorthTelling()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(starts.isWorthTelling()).isTrue();
    }

    @Test
    void theSystemIsAskedByStartingThreads() {
        assertThat(new ThreadCapacity().isFor(4)).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("twinbatch-room"));
    }
}
