package io.twinbatch.it.faults;

import static io.twinbatch.it.faults.Bench.COLLECTION;
import static io.twinbatch.it.faults.Bench.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.it.wire.WireReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Many tasks, and a service that takes its time. */
class ThroughputTest {
    /** Far above what any step needs: it ends a test that would hang. */
    private static final Duration NEVER = Duration.ofSeconds(60);

    @Test
    void tenThousandTasksAreSubmittedInCollectionsSideBySideButNotAllAtOnce() throws Exception {
        List<TaskSpec> tasks = Bench.tasks(10_000);
        Concurrency concurrency = new Concurrency();
        try (Bench bench = Bench.start()) {
            JobTasks job = bench.service().account().job("job");
            bench.service().always(request -> concurrency);

            bench.jobs().submit(JOB, tasks);

            assertThat(job.ids()).isEqualTo(Bench.ids(tasks));
            assertThat(bench.service().requests("POST", COLLECTION)).hasSize(100);
            assertThat(concurrency.most()).isBetween(2, 16);
        }
    }

    @Test
    void aLookAtTenThousandTasksIsOneRequest() throws Exception {
        try (Bench bench = Bench.start()) {
            JobTasks job = bench.service().account().job("job");
            job.with(List.copyOf(Bench.ids(Bench.tasks(10_000))));
            AtomicInteger looks = new AtomicInteger();
            RecordedTime time = new RecordedTime();

            int seen = new Waiter(time, PollInterval.REMOTE)
                    .await("tasks", Deadline.after(time, Duration.ofMinutes(5)), () -> {
                        int queued = bench.jobs().counts(JOB).queued();
                        return looks.incrementAndGet() < 7 ? Optional.empty() : Optional.of(queued);
                    });

            assertThat(seen).isEqualTo(10_000);
            assertThat(bench.service().server().requests())
                    .hasSize(7)
                    .allSatisfy(request -> assertThat(request.is("GET", "/jobs/job/taskcounts"))
                            .isTrue());
        }
    }

    @Test
    void aSlowAnswerHoldsUpNeitherTheOthersNorIsItsRequestSentAgain() throws Exception {
        List<TaskSpec> tasks = Bench.tasks(500);
        CountDownLatch others = new CountDownLatch(4);
        try (Bench bench = Bench.start()) {
            JobTasks job = bench.service().account().job("job");
            Fault slow = service -> {
                await(others);
                return service.get();
            };
            bench.service().next("POST", COLLECTION, slow);
            bench.service().always(request -> service -> {
                others.countDown();
                return service.get();
            });

            bench.jobs().submit(JOB, tasks);

            assertThat(job.ids()).isEqualTo(Bench.ids(tasks));
            assertThat(bench.service().requests("POST", COLLECTION)).hasSize(5);
        }
    }

    @Test
    void aRequestWhoseAnswerNeverComesIsSentAgain() throws Exception {
        HttpClient impatient = new JdkHttpClientBuilder()
                .responseTimeout(Duration.ofSeconds(1))
                .build();
        CountDownLatch again = new CountDownLatch(2);
        try (Bench bench = Bench.start(impatient)) {
            JobTasks job = bench.service().account().job("job");
            bench.service().always(request -> service -> {
                again.countDown();
                WireReply reply = service.get();
                // The first answer waits for a second request, which comes only when the first is given up.
                await(again);
                return reply;
            });

            bench.jobs().submit(JOB, Bench.tasks(3));

            assertThat(job.ids()).isEqualTo(Bench.ids(Bench.tasks(3)));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(NEVER.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts the requests that are being answered; the first waits for company. */
    private static final class Concurrency implements Fault {
        private final CountDownLatch company = new CountDownLatch(2);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        int most() {
            return most.get();
        }

        @Override
        public WireReply strike(Supplier<WireReply> service) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                company.countDown();
                await(company);
                return service.get();
            } finally {
                now.decrementAndGet();
            }
        }
    }
}
