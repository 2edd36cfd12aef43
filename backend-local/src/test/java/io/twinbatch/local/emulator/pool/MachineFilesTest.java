package io.twinbatch.local.emulator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.local.emulator.autoscale.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that Linux has shown, and what they say. */
class MachineFilesTest {
    @TempDir
    private Path system;

    private MachineFiles files;

    @BeforeEach
    void writeFiles() throws IOException {
        files = new MachineFiles(system.resolve("proc"), system.resolve("sys"), system);
        for (String device : new String[] {"block/vda/device", "class/net/eth0/device", "class/net/docker0/bridge"}) {
            Files.createDirectories(system.resolve("sys").resolve(device));
        }
        Files.createDirectories(system.resolve("sys/class/net/veth1/master"));
        Files.createDirectories(system.resolve("proc/net"));
        write("meminfo", """
                MemTotal:       24684092 kB
                MemFree:        20218264 kB
                MemAvailable:   22636092 kB
                Buffers:           46832 kB
                """);
        write("stat", """
                cpu  7565007 1891746 1095199 4106267 27118 0 23387 163030 0 0
                cpu0 3715955 943331 537017 2146585 7429 0 4085 81553 0 0
                intr 1 2 3
                """);
        write("diskstats", """
                   7       0 loop0 5 0 8 0 0 0 0 0 0 0 0 0 0 0 0 0 0
                 254       0 vda 1295963 140213 40817122 5110679 2508063 2680689 90505336 1469239 0 1161672 7242396 2696523 1960 63330120 522187 542179 140290
                 254       1 vda1 1295963 140213 40817122 5110679 2508063 2680689 90505336 1469239 0 1161672 7242396
                """);
        write("net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo: 12734153444 3542933    0    0    0     0          0         0 12734153444 3542933    0    0    0     0       0          0
                  eth0: 986943493   51587    0    0    0     0          0         0  8430409   52295    0    0    0     0       0          0
                docker0: 1124987841   61398    0    0    0     0          0         0 1124211627   64716    0  187    0     0       0          0
                 veth1: 1124987841   61398    0    0    0     0          0         0 1124211627   64716    0  187    0     0       0          0
                """);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(system.resolve("proc").resolve(file), text);
    }

    @Test
    void whatWasUsedIsTheDifferenceOfTwoReadings() throws IOException {
        MachineReading before = files.read();
        write("stat", "cpu  7567507 1891946 1095499 4107267 28118 0 23387 163030 0 0\n");
        write(
                "diskstats",
                " 254 0 vda 1295973 140213 40817222 5110679 2508083 2680689 90507336 1469239 0 1161672 7242396\n");
        write(
                "net/dev",
                "lo: 12734153544 1 0 0 0 0 0 0 12734153544 1 0 0 0 0 0 0\n  eth0: 986943500 1 0 0 0 0 0 0 8430509 1\n");

        Map<Metric, Double> used = files.read().since(before);

        assertThat(used.get(Metric.CPU_PERCENT)).isEqualTo(3000.0 / 5000);
        assertThat(used.get(Metric.MEMORY_BYTES)).isEqualTo(2000.0);
        assertThat(used.get(Metric.DISK_READ_OPS)).isEqualTo(10);
        assertThat(used.get(Metric.DISK_READ_BYTES)).isEqualTo(100 * 512);
        assertThat(used.get(Metric.DISK_WRITE_OPS)).isEqualTo(20);
        assertThat(used.get(Metric.DISK_WRITE_BYTES)).isEqualTo(2000 * 512);
        assertThat(used.get(Metric.DISK_BYTES)).isPositive();
        assertThat(used.get(Metric.NETWORK_OUT_BYTES)).isEqualTo(200);
    }

    @Test
    void eachByteCountsOnce() {
        Map<Metric, Double> sums = files.read().sums();

        assertThat(sums.get(Metric.DISK_READ_OPS))
                .as("no partition, no loop device")
                .isEqualTo(1_295_963);
        assertThat(sums.get(Metric.NETWORK_IN_BYTES))
                .as("no bridge, none of its ports")
                .isEqualTo(12_734_153_444.0 + 986_943_493);
    }

    @Test
    void aCounterThatHasBegunAnewSaysNothing() throws IOException {
        MachineReading before = files.read();
        write("stat", "cpu  1 1 1 1 1 0 1 1 0 0\n");
        write("diskstats", " 254 0 vda 1 0 1 0 1 0 1 0 0 0 0\n");

        assertThat(files.read().since(before))
                .doesNotContainKeys(Metric.CPU_PERCENT, Metric.DISK_READ_BYTES, Metric.DISK_WRITE_OPS)
                .containsKeys(Metric.MEMORY_BYTES, Metric.NETWORK_IN_BYTES);
    }

    @Test
    void aSystemWithoutTheseFilesSaysNothingButTheSpaceOfItsDisk() {
        MachineFiles other = new MachineFiles(system.resolve("none"), system.resolve("none"), system);

        assertThat(other.read().since(other.read())).containsOnlyKeys(Metric.DISK_BYTES);
    }
}
