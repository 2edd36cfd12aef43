package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ElapsedTimeTest {
    private final TickingClock clock = new TickingClock();

    @Test
    void theTimeInWhichAPersonThinksDoesNotCount() {
        Instant start = clock.instant();
        ElapsedTime time = new ElapsedTime(clock);
        clock.advance(Duration.ofSeconds(5));
        boolean answer = time.whileAsking(() -> {
            clock.advance(Duration.ofMinutes(10));
            return true;
        });
        clock.advance(Duration.ofSeconds(2));

        ElapsedTime.Measured measured = time.measure();

        assertThat(answer).isTrue();
        assertThat(measured.worked()).isEqualTo(Duration.ofSeconds(7));
        assertThat(measured.started()).isEqualTo(start);
        assertThat(measured.ended()).isEqualTo(start.plusSeconds(607));
    }
}
