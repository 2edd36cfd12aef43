package io.twinbatch.local.emulator.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.autoscale.Formula;
import io.twinbatch.local.emulator.autoscale.FormulaResult;
import io.twinbatch.local.emulator.autoscale.Metric;
import io.twinbatch.local.emulator.autoscale.Metrics;
import io.twinbatch.local.emulator.autoscale.PoolMetrics;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.record.PoolRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of pools, on a clock and a machine that the test moves on. */
class PoolMeasurementsTest {
    private static final Set<Metric> OF_NODES =
            Set.of(Metric.CPU_PERCENT, Metric.WALL_CLOCK_SECONDS, Metric.MEMORY_BYTES, Metric.DISK_BYTES);

    @TempDir
    private Path folder;

    private ServiceRig rig;
    private EngineView engine;
    private PoolMeasurements measurements;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long busy;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void open() throws IOException {
        rig = new ServiceRig(folder.resolve("state"));
        engine = rig.engine().view();
        Files.createDirectories(folder.resolve("proc"));
        Files.writeString(folder.resolve("proc/meminfo"), "MemTotal: 3072 kB\nMemAvailable: 1024 kB\n");
        measurements = new PoolMeasurements(
                engine, new MachineFiles(folder.resolve("proc"), folder.resolve("sys"), folder), clock);
        use(0);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Of the next 3000 units of time the processors work so many. */
    private void use(long units) throws IOException {
        busy += units;
        long idle = 100 * (now.toEpochMilli() / 1000) - busy;
        Files.writeString(folder.resolve("proc/stat"), "cpu  " + busy + " 0 0 " + idle + " 0 0 0 0 0 0\n");
    }

    private void take() {
        measurements.take(List.copyOf(engine.poolsAfter("").values()));
    }

    private void takeAfterUse(long units) throws IOException {
        now = now.plus(Metrics.PERIOD);
        use(units);
        take();
    }

    private PoolRecord pool() {
        return engine.poolsAfter("").values().iterator().next();
    }

    private List<Double> values(Metric metric) {
        return measurements.of(pool()).history(metric).stream()
                .map(Metrics.Sample::value)
                .toList();
    }

    @Test
    void nodesUseWhatTheMachineUses() throws Exception {
        rig.withPool(2);
        rig.await("/pools/p", pool -> pool.get("currentDedicatedNodes").intValue() == 2);
        take();
        takeAfterUse(2400);
        takeAfterUse(600);

        assertThat(values(Metric.CPU_PERCENT)).containsExactly(0.8, 0.2);
        assertThat(values(Metric.WALL_CLOCK_SECONDS)).containsExactly(60.0, 60.0);
        assertThat(values(Metric.MEMORY_BYTES)).containsExactly(2.0, 2.0, 2.0);
        assertThat(values(Metric.DISK_BYTES)).hasSize(3).allMatch(gigabytes -> gigabytes > 0);
        assertThat(values(Metric.SAMPLE_NODE_COUNT)).containsExactly(2.0, 2.0, 2.0);
        assertThat(values(Metric.DISK_READ_BYTES)).as("the system does not say").isEmpty();
    }

    @Test
    void aPoolWithoutNodesHasNoSamplesOfThem() throws Exception {
        rig.withPool(0);
        take();
        takeAfterUse(2400);

        assertThat(OF_NODES).allMatch(metric -> values(metric).isEmpty());
        assertThat(values(Metric.SAMPLE_NODE_COUNT)).containsExactly(0.0, 0.0);
    }

    @Test
    void theStatisticsOfAPoolSumUpWhatItsNodesHaveUsed() throws Exception {
        rig.withPool(1);
        rig.await("/pools/p", pool -> pool.get("currentDedicatedNodes").intValue() == 1);
        take();
        takeAfterUse(600);
        assertThat(measurements.totals(pool())).as("nothing is known of disks").isEmpty();
        Files.createDirectories(folder.resolve("sys/block/vda/device"));
        Files.createDirectories(folder.resolve("proc/net"));
        Files.writeString(folder.resolve("proc/net/dev"), "lo: 0 0 0 0 0 0 0 0 0 0\n");
        Files.writeString(folder.resolve("proc/diskstats"), "1 0 vda 0 0 0 0 0 0 0 0 0 0 0\n");
        takeAfterUse(600);
        Files.writeString(folder.resolve("proc/net/dev"), "lo: 536870912 0 0 0 0 0 0 0 268435456 0\n");
        Files.writeString(folder.resolve("proc/diskstats"), "1 0 vda 7 0 2097152 0 9 0 4194304 0 0 0 0\n");
        Files.writeString(folder.resolve("proc/meminfo"), "MemTotal: 3072 kB\nMemAvailable: 0 kB\n");
        takeAfterUse(1800);

        JsonNode totals = measurements.totals(pool()).orElseThrow();

        assertThat(totals.get("avgCPUPercentage").doubleValue()).isCloseTo(100.0 / 3, within(1e-9));
        assertThat(totals.get("avgMemoryGiB").doubleValue()).isEqualTo(2.25 / 1024);
        assertThat(totals.get("peakMemoryGiB").doubleValue()).isEqualTo(3.0 / 1024);
        assertThat(totals.get("diskReadIOps").textValue()).isEqualTo("7");
        assertThat(totals.get("diskWriteIOps").textValue()).isEqualTo("9");
        assertThat(totals.get("diskReadGiB").doubleValue()).isEqualTo(1);
        assertThat(totals.get("diskWriteGiB").doubleValue()).isEqualTo(2);
        assertThat(totals.get("networkReadGiB").doubleValue()).isEqualTo(0.5);
        assertThat(totals.get("networkWriteGiB").doubleValue()).isEqualTo(0.25);
        assertThat(totals.get("startTime").textValue()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(totals.get("lastUpdateTime").textValue()).isEqualTo("2026-01-01T00:01:30Z");
    }

    @Test
    void aYoungPoolHasSamplesOfAPartOfTheTime() throws Exception {
        rig.withPool(1);
        rig.await("/pools/p", pool -> pool.get("currentDedicatedNodes").intValue() == 1);
        take();
        for (int i = 0; i < 5; i++) {
            takeAfterUse(3000);
        }

        FormulaResult result =
                Formula.parse("""
                        percent = $CPUPercent.GetSamplePercent(TimeInterval_Minute * 10);
                        busy = min($CPUPercent.GetSample(TimeInterval_Minute * 10, 20));
                        $TargetDedicatedNodes = percent < 50 && busy > 0.7 ? $CurrentDedicatedNodes + 1 : 0""").evaluate(new PoolMetrics(now, 1, 0, 1, measurements.of(pool()), () -> 0.5));

        assertThat(result.error()).isEmpty();
        assertThat(result.results()).contains("$percent=25", "$busy=1");
        assertThat(result.targetDedicatedNodes()).isEqualTo(2);
    }
}
