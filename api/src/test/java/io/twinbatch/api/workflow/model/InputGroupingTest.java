package io.twinbatch.api.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InputGroupingTest {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final InputGrouping AUTO = new InputGrouping.Auto();

    private static List<PlannedInput> inputs(long... sizes) {
        return IntStream.range(0, sizes.length)
                .mapToObj(i -> new PlannedInput(
                        new InputFile(Path.of("f" + i), "f" + i, sizes[i]), "f" + i, "in-" + i, "o" + i, "o" + i))
                .toList();
    }

    private static long[] same(int count, long size) {
        return LongStream.generate(() -> size).limit(count).toArray();
    }

    private static List<Integer> sizes(List<List<PlannedInput>> groups) {
        return groups.stream().map(List::size).toList();
    }

    @Test
    void aFixedNumberLeavesTheRestToTheLastTask() {
        assertThat(sizes(new InputGrouping.Fixed(2).group(inputs(same(5, 1)), 1)))
                .containsExactly(2, 2, 1);
        assertThat(sizes(InputGrouping.ONE_PER_TASK.group(inputs(same(3, 1)), 1)))
                .containsExactly(1, 1, 1);
    }

    @Test
    void fewInputsAreAlone() {
        assertThat(AUTO.group(inputs(same(8, 1)), 2)).hasSize(8);
    }

    @Test
    void manySmallInputsMakeAFewTasksPerSlot() {
        assertThat(AUTO.group(inputs(same(100, 10 * KIB)), 2)).hasSizeBetween(8, 16);
        assertThat(AUTO.group(inputs(same(10_000, 10 * KIB)), 2)).hasSizeBetween(20, 50);
        assertThat(AUTO.group(inputs(same(10_000, 0)), 2)).hasSizeBetween(20, 50);
        assertThat(AUTO.group(inputs(same(10_000, 10 * KIB)), 64)).hasSizeBetween(256, 512);
    }

    @Test
    void aLargeInputIsAlone() {
        List<List<PlannedInput>> groups = AUTO.group(inputs(1, 1, 1, 5 * MIB, 1, 1, 1, 1), 1);

        assertThat(groups)
                .filteredOn(
                        group -> group.stream().anyMatch(input -> input.file().size() > MIB))
                .singleElement()
                .satisfies(group -> assertThat(group).hasSize(1));
    }

    @Test
    void groupsOfRandomInputsKeepTheirOrderAndTheirBounds() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            long[] sizes = new long[1 + random.nextInt(3000)];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = random.nextInt(50) == 0 ? random.nextLong(1L << 32) : random.nextLong(MIB);
            }
            List<PlannedInput> inputs = inputs(sizes);
            List<List<PlannedInput>> groups = AUTO.group(inputs, 1 + random.nextInt(20));

            List<PlannedInput> joined = new ArrayList<>();
            groups.forEach(joined::addAll);
            assertThat(joined).isEqualTo(inputs);
            assertThat(groups).allSatisfy(group -> {
                assertThat(group).isNotEmpty().hasSizeLessThanOrEqualTo(500);
                long bytes =
                        group.stream().mapToLong(input -> input.file().size()).sum();
                assertThat(group.size() == 1 || bytes <= 64 * MIB).isTrue();
            });
        }
    }
}
