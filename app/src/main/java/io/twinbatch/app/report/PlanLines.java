package io.twinbatch.app.report;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run that costs money is going to create, in a few lines before it does. */
public final class PlanLines {
    private final ErrorStream stream;
    private final boolean costs;

    /**
     * Prints to a stream.
     *
     * @param costs whether nodes cost money
     */
    public PlanLines(ErrorStream stream, boolean costs) {
        this.stream = stream;
        this.costs = costs;
    }

    /**
     * Prints a plan.
     *
     * @param asks whether the user is going to be asked about job and pool
     */
    public void print(RunPlan plan, boolean asks) {
        long bytes = plan.inputs().stream()
                .map(PlannedInput::file)
                .mapToLong(InputFile::totalSize)
                .sum();
        String pool = plan.request().pool().id().isPresent() ? " unless it exists" : "";
        stream.note("This run will create");
        stream.note("  pool " + plan.pool().id() + pool + ": " + nodes(plan.pool()));
        stream.note("  job " + plan.job().id() + ": " + HumanFormat.count(tasks(plan), "task") + " for "
                + HumanFormat.count(plan.inputs().size(), "input") + " (" + HumanFormat.size(bytes)
                + "), stopped after "
                + HumanFormat.duration(plan.request().limits().timeLimit()));
        load(plan).ifPresent(load -> stream.note("  " + load));
        stream.note("and delete " + deletions(plan, asks) + "." + (costs ? " " + cost(plan) : ""));
    }

    /** How long the nodes of a plan cost money. */
    static String cost(RunPlan plan) {
        String abandoned = plan.request().keepPool()
                ? ", which nobody does for you (--keep-pool)"
                : "; when this program is killed, for at most " + HumanFormat.duration(RunTimes.ABANDONED_NODES)
                        + " more";
        return "Nodes cost money from their start to their deletion" + abandoned + ".";
    }

    /** Which number of nodes suits the tasks better; empty when each task has a slot. How long a task takes nobody knows. */
    static Optional<String> load(RunPlan plan) {
        RunRequest.PoolRequest pool = plan.request().pool();
        int tasks = plan.tasks().size();
        int enough = Math.max(1, ceiling(tasks, pool.parallelTasks() / pool.nodes()));
        if (pool.nodes() > enough) {
            return Optional.of(HumanFormat.count(tasks, "task") + " for "
                    + HumanFormat.count(plan.pool().slots(), "task slot") + ": " + HumanFormat.count(enough, "node")
                    + " would do (--nodes=" + enough + ")");
        }
        int each = ceiling(tasks, pool.parallelTasks());
        return each <= 1
                ? Optional.empty()
                : Optional.of("each task slot runs about " + each
                        + " tasks, one after the other; more nodes shorten that (--nodes)");
    }

    private static int ceiling(int number, int divisor) {
        return (number + divisor - 1) / divisor;
    }

    private static int tasks(RunPlan plan) {
        return plan.tasks().size() + (plan.total().isPresent() ? 1 : 0);
    }

    /** The nodes of a pool, such as {@code 2 spot nodes of standard_d2s_v5 (a:b:c), 2 task slots each}. */
    static String nodes(PoolSpec pool) {
        return kinds(pool, "dedicated node") + " of " + pool.vmSize() + " (" + pool.image() + "), "
                + HumanFormat.count(pool.slotsPerNode(), "task slot") + " each";
    }

    /**
     * How many nodes of each kind a pool has, such as {@code 1 dedicated node and 3 spot nodes}.
     *
     * @param dedicated what a node is called that is not preempted
     */
    public static String kinds(PoolSpec pool, String dedicated) {
        return Stream.of(
                        count(pool.dedicatedNodes(), dedicated, pool.spotNodes() == 0),
                        count(pool.spotNodes(), "spot node", false))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
    }

    private static Optional<String> count(int nodes, String kind, boolean always) {
        return nodes > 0 || always ? Optional.of(HumanFormat.count(nodes, kind)) : Optional.empty();
    }

    /** The nodes of a pool, such as {@code 2 nodes, 2 task slots each}. */
    static String plainNodes(PoolSpec pool) {
        return HumanFormat.count(pool.nodes(), "node") + ", " + HumanFormat.count(pool.slotsPerNode(), "task slot")
                + " each";
    }

    private static String deletions(RunPlan plan, boolean asks) {
        List<String> deleted = new ArrayList<>(List.of("containers"));
        List<String> kept = new ArrayList<>();
        (plan.request().keepJob() ? kept : deleted).add("job");
        (plan.request().keepPool() ? kept : deleted).add("pool");
        boolean mayBeThere = plan.request().pool().id().isPresent() && deleted.contains("pool");
        return "its " + String.join(", ", deleted)
                + (mayBeThere ? " unless it existed" : "")
                + (asks && deleted.size() > 1 ? ", after asking when all went well" : "")
                + (kept.isEmpty()
                        ? ""
                        : "; its " + String.join(" and ", kept) + (kept.size() == 1 ? " stays" : " stay"));
    }
}
