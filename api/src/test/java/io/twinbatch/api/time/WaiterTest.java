package io.twinbatch.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaiterTest {
    private final ManualTime time = new ManualTime();
    private final Waiter waiter = new Waiter(time, new PollInterval(Duration.ofSeconds(2), Duration.ofSeconds(4)));
    private final AtomicInteger looks = new AtomicInteger();

    private Optional<Integer> foundAtLook(int number) {
        int look = looks.incrementAndGet();
        return look >= number ? Optional.of(look) : Optional.empty();
    }

    @Test
    void whatIsThereAtOnceIsFoundWithoutSleeping() throws InterruptedException {
        Deadline passed = Deadline.after(time, Duration.ZERO);

        assertThat(waiter.await("x", passed, () -> foundAtLook(1))).isEqualTo(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void pausesGrowByHalfUpToTheBound() throws InterruptedException {
        waiter.await("x", Deadline.after(time, Duration.ofMinutes(1)), () -> foundAtLook(5));

        assertThat(time.sleeps())
                .containsExactly(
                        Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(4));
    }

    @Test
    void theLastLookComesAtTheDeadlineAndNotAfterIt() {
        Deadline deadline = Deadline.after(time, Duration.ofSeconds(6));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> waiter.await("node n", deadline, () -> foundAtLook(9)))
                .withMessageContaining("node n")
                .returns(ErrorCode.TIMEOUT, BatchException::code);
        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(1));
        assertThat(looks).hasValue(4);
    }

    @Test
    void anInterruptionEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> waiter.await("x", Deadline.after(time, Duration.ofDays(1)), () -> foundAtLook(9)))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatALookThrowsEndsTheWait() {
        assertThatThrownBy(() -> waiter.await("x", Deadline.after(time, Duration.ofDays(1)), () -> {
                    throw new BatchException(ErrorCode.NOT_FOUND, "x", "gone");
                }))
                .isInstanceOf(BatchException.class);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void aDeadlineCountsDownToZero() {
        Deadline deadline = Deadline.after(time, Duration.ofSeconds(3));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.hasPassed()).isFalse();

        time.advance(Duration.ofSeconds(5));

        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void anIntervalThatDoesNotGrowFromMoreThanZeroIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PollInterval(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PollInterval(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
