package io.twinbatch.api.workflow.model;

import java.util.ArrayList;
import java.util.List;

/** Collects neighbouring inputs into groups. */
final class GroupBuilder {
    private static final long LARGE_BYTES = 1L << 20;
    private static final long MAX_GROUP_BYTES = 64L << 20;
    private static final int MAX_GROUP_FILES = 500;
    private static final int FEW_INPUTS_PER_SLOT = 4;
    private static final int GROUPS_PER_SLOT = 6;

    /** What a file costs beyond its bytes: a fetch, an upload. Keeps thousands of empty files from being one task. */
    private static final long BYTES_PER_FILE = 16L << 10;

    private final List<List<PlannedInput>> groups = new ArrayList<>();
    private List<PlannedInput> group = new ArrayList<>();
    private long groupBytes;

    private GroupBuilder() {}

    static List<List<PlannedInput>> fixed(List<PlannedInput> inputs, int filesPerTask) {
        GroupBuilder builder = new GroupBuilder();
        for (PlannedInput input : inputs) {
            if (input.piece().isPresent()) {
                builder.close();
            }
            builder.add(input);
            if (builder.group.size() == filesPerTask || input.piece().isPresent()) {
                builder.close();
            }
        }
        return builder.finish();
    }

    static List<List<PlannedInput>> automatic(List<PlannedInput> inputs, int totalSlots) {
        if (inputs.size() <= (long) FEW_INPUTS_PER_SLOT * totalSlots) {
            return fixed(inputs, 1);
        }
        long smallCost = inputs.stream()
                .filter(input -> !isLarge(input))
                .mapToLong(GroupBuilder::cost)
                .sum();
        // Rounded up, so that the groups are never more than were meant.
        long wantedGroups = (long) GROUPS_PER_SLOT * totalSlots;
        long costPerGroup = (smallCost + wantedGroups - 1) / wantedGroups;
        GroupBuilder builder = new GroupBuilder();
        for (PlannedInput input : inputs) {
            builder.addAutomatically(input, costPerGroup);
        }
        return builder.finish();
    }

    private void addAutomatically(PlannedInput input, long costPerGroup) {
        if (isLarge(input) || groupBytes + input.file().totalSize() > MAX_GROUP_BYTES) {
            close();
        }
        add(input);
        if (isLarge(input) || groupCost() >= costPerGroup || group.size() == MAX_GROUP_FILES) {
            close();
        }
    }

    /** A piece is always alone. */
    private static boolean isLarge(PlannedInput input) {
        return input.piece().isPresent() || input.file().totalSize() >= LARGE_BYTES;
    }

    private static long cost(PlannedInput input) {
        return input.file().totalSize() + BYTES_PER_FILE;
    }

    private long groupCost() {
        return groupBytes + group.size() * BYTES_PER_FILE;
    }

    private void add(PlannedInput input) {
        group.add(input);
        groupBytes += input.file().totalSize();
    }

    private void close() {
        if (!group.isEmpty()) {
            groups.add(List.copyOf(group));
            group = new ArrayList<>();
            groupBytes = 0;
        }
    }

    private List<List<PlannedInput>> finish() {
        close();
        return List.copyOf(groups);
    }
}
