package io.twinbatch.api.workflow.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.workflow.Fixture;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does while its provider cannot be asked how far the tasks are. */
class ProviderOutageTest {
    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    @Test
    void aProviderThatCannotBeAskedForAWhileIsAskedAgain() throws IOException {
        BatchException down = new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down");
        AtomicInteger failures = new AtomicInteger(20);
        fixture.pools.hook.react(call -> {
            if (call.startsWith("find pool-") && failures.get() > 0 && failures.getAndDecrement() < 20) {
                throw down;
            }
        });

        RunResult result = fixture.run(fixture.plan(fixture.request(30).build()));

        assertThat(failures).hasValue(0);
        assertThat(result.allDone()).isTrue();
        assertThat(fixture.listener.all(RunEvent.Warning.class))
                .extracting(RunEvent.Warning::text)
                .containsExactly(
                        "the provider does not answer requests about the tasks; trying again for 5 min:"
                                + " service: it is down",
                        "the provider answers again");
    }

    @Test
    void aProviderThatStaysSilentEndsTheRunAfterAWhile() throws IOException {
        BatchException down = new BatchException(ErrorCode.THROTTLED, "service", "too many requests");
        fixture.queue.hook.failOn("counts", down);
        Instant before = fixture.time.instant();

        assertThatThrownBy(() -> fixture.run(fixture.plan(fixture.request(1).build())))
                .isSameAs(down);

        assertThat(Duration.between(before, fixture.time.instant()))
                .isBetween(ProviderOutage.MAX_DURATION, ProviderOutage.MAX_DURATION.plusSeconds(10));
        assertThat(fixture.listener.all(RunEvent.Left.class)).hasSize(1);
        assertThat(fixture.listener.all(RunEvent.CleanedUp.class)).isEmpty();
        assertThat(fixture.store.containers()).isNotEmpty();
    }

    @Test
    void aFailureThatDoesNotPassEndsTheRunAtOnce() throws IOException {
        fixture.queue.hook.failOn("counts", new BatchException(ErrorCode.FORBIDDEN, "service", "not you"));
        Instant before = fixture.time.instant();

        assertThatThrownBy(() -> fixture.run(fixture.plan(fixture.request(1).build())))
                .hasMessageContaining("not you");

        assertThat(fixture.time.instant()).isEqualTo(before);
        assertThat(fixture.listener.all(RunEvent.Left.class)).isEmpty();
        assertThat(fixture.store.containers()).isEmpty();
    }

    @Test
    void theTimeLimitHoldsAlsoWhileTheProviderIsSilent() throws IOException {
        fixture.program.instead("task0", task -> {
            fixture.queue.hook.failOn("counts", new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down"));
            return new TaskStatus.Running();
        });
        RunRequest.Limits limits = new RunRequest.Limits(Duration.ofMinutes(3), Optional.empty(), 0);

        RunResult result =
                fixture.run(fixture.plan(fixture.request(1).limits(limits).build()));

        assertThat(result.timedOut()).isTrue();
    }
}
