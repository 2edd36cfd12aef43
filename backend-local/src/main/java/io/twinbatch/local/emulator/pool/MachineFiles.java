package io.twinbatch.local.emulator.pool;

import io.twinbatch.local.emulator.autoscale.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Where Linux says how much of a machine is in use. On another system only the disk's space is known.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
 * @see <a href="https://docs.kernel.org/admin-guide/iostats.html">the fields of diskstats</a>
 */
final class MachineFiles {
    private static final double MEGABYTE = 1 << 20;
    private static final double GIGABYTE = 1 << 30;
    private static final double KIBIBYTE = 1 << 10;

    /** The unit of diskstats, whatever the disk has. */
    private static final double SECTOR = 512;

    private final Path proc;
    private final Path sys;
    private final Path disk;

    /**
     * The files of a system.
     *
     * @param proc its {@code /proc}
     * @param sys its {@code /sys}
     * @param disk a folder on the disk whose space counts
     */
    MachineFiles(Path proc, Path sys, Path disk) {
        this.proc = proc;
        this.sys = sys;
        this.disk = disk;
    }

    /** The files of this machine, with the disk of a folder. */
    static MachineFiles ofThisMachine(Path disk) {
        return new MachineFiles(Path.of("/proc"), Path.of("/sys"), disk);
    }

    MachineReading read() {
        Map<Metric, Double> levels = new EnumMap<>(Metric.class);
        memory().ifPresent(bytes -> levels.put(Metric.MEMORY_BYTES, bytes / MEGABYTE));
        space().ifPresent(bytes -> levels.put(Metric.DISK_BYTES, bytes / GIGABYTE));
        Map<Metric, Double> sums = new EnumMap<>(Metric.class);
        List<Line> disks = lines("diskstats").filter(this::isDisk).toList();
        put(sums, Metric.DISK_READ_OPS, disks, line -> line.number(3));
        put(sums, Metric.DISK_READ_BYTES, disks, line -> line.number(5) * SECTOR);
        put(sums, Metric.DISK_WRITE_OPS, disks, line -> line.number(7));
        put(sums, Metric.DISK_WRITE_BYTES, disks, line -> line.number(9) * SECTOR);
        List<Line> interfaces = lines("net/dev").filter(this::isInterface).toList();
        put(sums, Metric.NETWORK_IN_BYTES, interfaces, line -> line.number(1));
        put(sums, Metric.NETWORK_OUT_BYTES, interfaces, line -> line.number(9));
        return new MachineReading(processors(), levels, sums);
    }

    /** What a line says. */
    private interface Column {
        double of(Line line);
    }

    private static void put(Map<Metric, Double> sums, Metric metric, List<Line> lines, Column column) {
        if (!lines.isEmpty()) {
            sums.put(metric, lines.stream().mapToDouble(column::of).sum());
        }
    }

    /** The first line has all processors; waiting for a disk is no work. */
    private Optional<MachineReading.Processors> processors() {
        return lines("stat")
                .filter(line -> line.word(0).equals("cpu"))
                .findFirst()
                .map(line -> {
                    // user nice system idle iowait irq softirq steal; guests are in user and nice.
                    double all = DoubleStream.of(1, 2, 3, 4, 5, 6, 7, 8)
                            .map(place -> line.number((int) place))
                            .sum();
                    return new MachineReading.Processors(all - line.number(4) - line.number(5), all);
                });
    }

    private Optional<Double> memory() {
        Optional<Double> all = kibibytes("MemTotal:");
        Optional<Double> free = kibibytes("MemAvailable:");
        return all.isPresent() && free.isPresent()
                ? Optional.of((all.get() - free.get()) * KIBIBYTE)
                : Optional.empty();
    }

    private Optional<Double> kibibytes(String name) {
        return lines("meminfo")
                .filter(line -> line.word(0).equals(name))
                .findFirst()
                .map(line -> line.number(1));
    }

    private Optional<Double> space() {
        try {
            FileStore store = Files.getFileStore(disk);
            return Optional.of((double) store.getTotalSpace() - store.getUnallocatedSpace());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A whole disk. Its partitions, and what is made of disks, would count the same bytes again. */
    private boolean isDisk(Line line) {
        return Files.exists(sys.resolve("block").resolve(line.word(2)).resolve("device"));
    }

    /** The loopback, over which nodes reach the storage, and what leads out of the machine; no bridge nor its ports. */
    private boolean isInterface(Line line) {
        if (!line.word(0).endsWith(":")) {
            return false;
        }
        Path device = sys.resolve("class/net").resolve(line.word(0).replace(":", ""));
        return Files.exists(device.resolve("device"))
                || Stream.of("bridge", "bonding", "master").noneMatch(part -> Files.exists(device.resolve(part)));
    }

    /** The lines of a file that have enough words to be told apart; none when it is not there. */
    private Stream<Line> lines(String file) {
        try {
            return Files.readString(proc.resolve(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(line -> new Line(List.of(line.strip().split("[ \\t]+", -1))));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** The words of a line, from 0. */
    private record Line(List<String> words) {
        String word(int place) {
            return place < words.size() ? words.get(place) : "";
        }

        /** A number; 0 where an older system has none. */
        double number(int place) {
            try {
                return Double.parseDouble(word(place));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
