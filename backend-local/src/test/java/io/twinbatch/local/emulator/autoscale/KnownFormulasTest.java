package io.twinbatch.local.emulator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Formulas of the kinds that the service's documentation shows and that projects use, each with samples of a pool and
 * the size that follows.
 *
 * @see <a href="https://learn.microsoft.com/azure/batch/batch-automatic-scaling">the service's examples</a>
 */
class KnownFormulasTest {
    /** A Thursday. */
    private static final Instant NOW = Instant.parse("2016-10-13T19:18:47.805Z");

    private static final String CPU = """
            $totalDedicatedNodes =
                (min($CPUPercent.GetSample(TimeInterval_Minute * 10)) > 0.7) ?
                ($CurrentDedicatedNodes * 1.1) : $CurrentDedicatedNodes;
            $totalDedicatedNodes =
                (avg($CPUPercent.GetSample(TimeInterval_Minute * 60)) < 0.2) ?
                ($CurrentDedicatedNodes * 0.9) : $totalDedicatedNodes;
            $TargetDedicatedNodes = min(400, $totalDedicatedNodes)""";

    private static final String CPU_WHEN_KNOWN = """
            totalNodes = ($CPUPercent.GetSamplePercent(TimeInterval_Minute * 0, TimeInterval_Minute * 10) < 70 ? 5 :
                (min($CPUPercent.GetSample(TimeInterval_Minute * 0, TimeInterval_Minute * 10)) > 0.8 ?
                ($CurrentDedicated * 1.1) : $CurrentDedicated));
            $TargetDedicated = min(100, totalNodes);""";

    private static final String PREEMPTED = """
            maxNumberofVMs = 25;
            $TargetDedicatedNodes = min(maxNumberofVMs, $PreemptedNodeCount.GetSample(180 * TimeInterval_Second));
            $TargetLowPriorityNodes = min(maxNumberofVMs, maxNumberofVMs - $TargetDedicatedNodes);
            $NodeDeallocationOption = taskcompletion;""";

    /** As pool managers write it: spot nodes first, the rest dedicated, and no fewer than a floor of each. */
    private static final String SPOT_FIRST = """
            perNode = 4; leastDedicated = 1; mostDedicated = 4; leastSpot = 0; mostSpot = 3;
            back = TimeInterval_Second * 120;
            known = $PendingTasks.GetSamplePercent(back);
            last = val($PendingTasks.GetSample(1), 0);
            mean = avg($PendingTasks.GetSample(back));
            tasks = known < 70 ? max(0, last) : (last < mean ? avg(last, mean) : max(last, mean));
            needed = tasks / perNode;
            spot = min(mostSpot, max(leastSpot, needed));
            $TargetLowPriorityNodes = spot;
            $TargetDedicatedNodes = max(leastDedicated, min(mostDedicated, needed - spot));
            $NodeDeallocationOption = taskcompletion;""";

    /** As workflow engines write it: grow with what waits, go when nothing has been there for a while. */
    private static final String UNTIL_NOTHING_IS_LEFT = """
            samplesKnown = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 5) >= 50;
            recent = samplesKnown ? max($PendingTasks.GetSample(TimeInterval_Minute * 5)) : 1;
            slots = $TaskSlotsPerNode;
            $TargetDedicatedNodes = recent == 0 ? 0 : min(10, ceil(recent / slots));""";

    private static final String OFFICE_HOURS = """
            now = time();
            working = now.weekday >= 1 && now.weekday <= 5 && now.hour >= 8 && now.hour < 18;
            $TargetDedicatedNodes = working ? 8 : 1;""";

    /** As media farms write it: no further node when memory, disk or network is what limits. */
    private static final String WHAT_LIMITS = """
            w = TimeInterval_Minute * 5;
            full = avg($MemoryBytes.GetSample(w)) > 8000 || max($DiskBytes.GetSample(w)) > 100;
            moved = sum($NetworkInBytes.GetSample(w)) + sum($NetworkOutBytes.GetSample(w))
                + sum($DiskReadBytes.GetSample(w)) + sum($DiskWriteBytes.GetSample(w));
            operations = sum($DiskReadOps.GetSample(w)) + sum($DiskWriteOps.GetSample(w));
            seconds = sum($WallClockSeconds.GetSample(w)) / max($SampleNodeCount.GetSample(w));
            still = moved / seconds < 1000 && operations / seconds < 10;
            $TargetDedicatedNodes = full ? $CurrentDedicatedNodes : (still ? 0 : $CurrentDedicatedNodes + 1);""";

    private static final Map<Metric, double[]> NODES_OF_FILM = Map.of(
            Metric.CURRENT_DEDICATED_NODES, all(10, 2),
            Metric.SAMPLE_NODE_COUNT, all(10, 2),
            Metric.WALL_CLOCK_SECONDS, all(10, 60),
            Metric.DISK_BYTES, all(10, 40),
            Metric.NETWORK_IN_BYTES, all(10, 1e6),
            Metric.NETWORK_OUT_BYTES, all(10, 5e5),
            Metric.DISK_READ_BYTES, all(10, 2e6),
            Metric.DISK_WRITE_BYTES, all(10, 1e6),
            Metric.DISK_READ_OPS, all(10, 400),
            Metric.DISK_WRITE_OPS, all(10, 100));

    private record Case(
            String name, String formula, Map<Metric, double[]> samples, int dedicated, int spot, String option) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case scaling(String name, String formula, Map<Metric, double[]> samples, int dedicated) {
        return new Case(name, formula, samples, dedicated, 0, "requeue");
    }

    static Stream<Case> cases() {
        return Stream.of(
                scaling("busy processors", CPU, cpu(20, 0.9), 11),
                scaling(
                        "a short pause",
                        CPU,
                        Map.of(
                                Metric.CURRENT_DEDICATED_NODES, all(20, 10),
                                Metric.CPU_PERCENT, joined(all(19, 0.9), all(1, 0.1))),
                        10),
                scaling("idle processors", CPU, cpu(120, 0.1), 9),
                scaling("processors of a young pool", CPU_WHEN_KNOWN, cpu(5, 0.9), 5),
                scaling("processors of a grown pool", CPU_WHEN_KNOWN, cpu(20, 0.9), 11),
                new Case(
                        "nothing preempted",
                        PREEMPTED,
                        Map.of(Metric.PREEMPTED_NODE_COUNT, all(6, 0)),
                        0,
                        25,
                        "taskcompletion"),
                new Case(
                        "seven preempted",
                        PREEMPTED,
                        Map.of(Metric.PREEMPTED_NODE_COUNT, all(6, 7)),
                        7,
                        18,
                        "taskcompletion"),
                new Case(
                        "spot first, no work",
                        SPOT_FIRST,
                        Map.of(Metric.PENDING_TASKS, all(4, 0)),
                        1,
                        0,
                        "taskcompletion"),
                new Case(
                        "spot first, much work",
                        SPOT_FIRST,
                        Map.of(Metric.PENDING_TASKS, all(4, 24)),
                        3,
                        3,
                        "taskcompletion"),
                new Case(
                        "spot first, first sample",
                        SPOT_FIRST,
                        Map.of(Metric.PENDING_TASKS, all(1, 8)),
                        1,
                        2,
                        "taskcompletion"),
                new Case(
                        "spot first, work that fades",
                        SPOT_FIRST,
                        Map.of(Metric.PENDING_TASKS, new double[] {40, 40, 8, 8}),
                        1,
                        3,
                        "taskcompletion"),
                scaling("nothing known yet", UNTIL_NOTHING_IS_LEFT, Map.of(), 1),
                scaling("a backlog", UNTIL_NOTHING_IS_LEFT, Map.of(Metric.PENDING_TASKS, all(10, 13)), 4),
                scaling("a large backlog", UNTIL_NOTHING_IS_LEFT, Map.of(Metric.PENDING_TASKS, all(10, 500)), 10),
                scaling("nothing left", UNTIL_NOTHING_IS_LEFT, Map.of(Metric.PENDING_TASKS, all(10, 0)), 0),
                scaling("a Thursday evening", OFFICE_HOURS, Map.of(), 1),
                scaling(
                        "a Thursday evening of another formula",
                        OFFICE_HOURS.replace("time()", "time(\"2016-10-13T10:00:00Z\")"),
                        Map.of(),
                        8),
                scaling("a farm at work", WHAT_LIMITS, with(Metric.MEMORY_BYTES, all(10, 4000)), 3),
                scaling("a farm without memory", WHAT_LIMITS, with(Metric.MEMORY_BYTES, all(10, 9000)), 2));
    }

    private static Map<Metric, double[]> cpu(int count, double share) {
        return Map.of(Metric.CURRENT_DEDICATED_NODES, all(count, 10), Metric.CPU_PERCENT, all(count, share));
    }

    private static Map<Metric, double[]> with(Metric metric, double[] values) {
        Map<Metric, double[]> samples = new EnumMap<>(NODES_OF_FILM);
        samples.put(metric, values);
        return samples;
    }

    private static double[] all(int count, double value) {
        return IntStream.range(0, count).mapToDouble(i -> value).toArray();
    }

    private static double[] joined(double[] first, double[] second) {
        return Stream.of(first, second).flatMapToDouble(Arrays::stream).toArray();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSizeFollowsFromTheSamples(Case known) {
        FormulaResult result = evaluate(known.formula(), known.samples());

        assertThat(result.error()).isEmpty();
        assertThat(result.targetDedicatedNodes()).isEqualTo(known.dedicated());
        assertThat(result.targetLowPriorityNodes()).isEqualTo(known.spot());
        assertThat(result.deallocationOption()).isEqualTo(known.option());
    }

    @Test
    void withoutSamplesOfProcessorsAPoolStaysAsItIs() {
        FormulaResult result = evaluate(
                "$TargetDedicatedNodes = min($CPUPercent.GetSample(TimeInterval_Minute * 10, 75)) > 0.7 ? 9 : 1",
                Map.of());

        assertThat(result.error().orElseThrow().code()).isEqualTo("InsufficientSampleData");
        assertThat(result.targetDedicatedNodes()).isEqualTo(10);
    }

    /** In a pool of ten nodes with four slots each. The last samples are of now. */
    private static FormulaResult evaluate(String formula, Map<Metric, double[]> samples) {
        Metrics metrics = metric -> {
            double[] values = samples.getOrDefault(metric, new double[0]);
            return IntStream.range(0, values.length)
                    .mapToObj(i -> new Metrics.Sample(
                            NOW.minus(Metrics.PERIOD.multipliedBy(values.length - 1L - i)), values[i]))
                    .toList();
        };
        return Formula.parse(formula).evaluate(new PoolMetrics(NOW, 10, 0, 4, metrics, () -> 0.5));
    }
}
