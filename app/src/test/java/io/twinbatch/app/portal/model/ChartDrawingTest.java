package io.twinbatch.app.portal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.app.portal.model.TaskListings.Listed;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartDrawingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final ChartDrawing charts = new ChartDrawing(Clock.fixed(NOW, ZoneOffset.UTC), waiting::add);

    private static Listed tasks(int number) {
        List<Task> tasks = IntStream.range(0, number)
                .mapToObj(i -> new Task(
                        new TaskKey(new JobId("job"), "task" + i),
                        new TaskStatus.Succeeded(),
                        Optional.of(new NodeId("node")),
                        NOW,
                        Optional.of(NOW.plusSeconds(1)),
                        Optional.of(NOW.plusSeconds(2)),
                        OptionalInt.of(0),
                        0,
                        0))
                .toList();
        return new Listed(tasks, true);
    }

    @Test
    void fewTasksAreDrawnAtOnce() {
        assertThat(charts.of(tasks(ChartDrawing.FEW))).isPresent();
        assertThat(waiting).isEmpty();
    }

    @Test
    void aPageDoesNotWaitForTheChartsOfManyTasks() {
        Listed many = tasks(ChartDrawing.FEW + 1);

        assertThat(charts.of(many)).isEmpty();
        assertThat(charts.of(many)).as("asked again meanwhile").isEmpty();
        assertThat(waiting).as("drawn once").hasSize(1);
        waiting.remove().run();

        assertThat(charts.of(many)).isPresent();
        assertThat(waiting).as("nothing has changed since").isEmpty();
    }

    @Test
    void theLastChartsAreShownWhileMoreTasksAreDrawn() {
        Optional<JobCharts> few = charts.of(tasks(1));

        Optional<JobCharts> meanwhile = charts.of(tasks(ChartDrawing.FEW + 1));

        assertThat(few).isPresent();
        assertThat(meanwhile).isEqualTo(few);
    }
}
