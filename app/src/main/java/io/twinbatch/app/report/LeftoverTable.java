package io.twinbatch.app.report;

import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What runs have left, for a person: by run, with what it costs and what is to be deleted. */
public final class LeftoverTable {
    private static final int INDENT = 15;

    private final FittedPrinter out;
    private final boolean costs;

    /**
     * Prints what is left.
     *
     * @param costs whether nodes are paid for
     */
    public LeftoverTable(FittedPrinter out, boolean costs) {
        this.out = out;
        this.costs = costs;
    }

    /** Prints what was found; nothing when nothing was. */
    public void print(List<DeletedLeftover> found, Instant now) {
        if (found.isEmpty()) {
            return;
        }
        Map<RunId, List<DeletedLeftover>> runs = found.stream()
                .collect(Collectors.groupingBy(
                        left -> left.leftover().tags().run(), LinkedHashMap::new, Collectors.toList()));
        runs.forEach((run, members) -> print(run, members, now));
        long pools = found.stream().filter(LeftoverTable::hasNodes).count();
        int nodes = found.stream().mapToInt(left -> left.leftover().nodes()).sum();
        if (nodes > 0) {
            line(HumanFormat.count(pools, "pool") + " with " + HumanFormat.count(nodes, "node") + " in all"
                    + (costs ? ", which cost money until they are deleted." : "."));
        } else if (costs) {
            line("No node is billed.");
        }
    }

    private static boolean hasNodes(DeletedLeftover left) {
        return left.leftover().nodes() > 0;
    }

    private void print(RunId run, List<DeletedLeftover> members, Instant now) {
        Leftover first = members.get(0).leftover();
        Instant created = members.stream()
                .map(left -> left.leftover().created())
                .min(Instant::compareTo)
                .orElseThrow();
        String owner = first.tags().owner().map(RunOwner::value).orElse("unknown owner");
        line("Run " + run + " of " + owner + ", " + age(created, now) + " ago");
        int width = members.stream()
                .mapToInt(left -> DisplayWidth.of(left.leftover().id()))
                .max()
                .orElse(0);
        for (DeletedLeftover member : members) {
            Leftover left = member.leftover();
            out.columns(
                    String.format(
                            "  %s %-9s  %s  ",
                            member.chosen() ? "*" : " ",
                            left.resource().label(),
                            DisplayWidth.padded(left.id(), width)),
                    state(member, now),
                    INDENT);
        }
    }

    private String state(DeletedLeftover member, Instant now) {
        Leftover left = member.leftover();
        String nodes = left.resource() == Resource.POOL
                ? HumanFormat.count(left.nodes(), "node") + (costs && left.nodes() > 0 ? " billed" : "") + ", "
                : "";
        if (left.deleting()) {
            return nodes + "being deleted";
        }
        return nodes
                + switch (member.lease()) {
                    case HELD -> "lease ends in " + age(now, left.tags().lease().orElseThrow());
                    case PAST -> "lease ended " + age(left.tags().lease().orElseThrow(), now) + " ago";
                    case NONE -> "kept";
                };
    }

    private static String age(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.toDays() >= 2 ? HumanFormat.count(time.toDays(), "day") : HumanFormat.duration(time);
    }

    private void line(String text) {
        out.line(text, INDENT);
    }
}
