package io.twinbatch.azure.batch;

import io.twinbatch.api.pool.IdlePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The autoscale formula of a pool whose idle nodes are released: as many nodes as the most tasks that waited or ran at
 * once during the idle time need, at most as many as were asked for. As long as the service has too few samples, as right
 * after the pool's creation, all that were asked for. A node that is released finishes its tasks first.
 *
 * @param dedicatedNodes how many dedicated nodes at most
 * @param spotNodes how many spot nodes at most
 * @param slotsPerNode how many tasks a node runs at once
 * @param idleTime how long a node waits for work
 */
record IdleFormula(int dedicatedNodes, int spotNodes, int slotsPerNode, Duration idleTime) implements PoolFormula {
    /** The service asks for a share of samples below which their values say nothing. */
    private static final String TEXT = """
            dedicated = %d;
            spot = %d;
            slots = %d;
            idleTime = %d * TimeInterval_Second;
            known = $PendingTasks.GetSamplePercent(idleTime);
            tasks = known < 70 ? (dedicated + spot) * slots : max($PendingTasks.GetSample(idleTime));
            nodes = (tasks + slots - 1) / slots;
            $TargetDedicatedNodes = min(dedicated, nodes);
            $TargetLowPriorityNodes = max(0, min(spot, nodes - dedicated));
            $NodeDeallocationOption = taskcompletion;
            """;

    private static final Pattern NUMBERS = Pattern.compile(
            "dedicated = (\\d{1,9});\\s+spot = (\\d{1,9});\\s+slots = (\\d{1,9});\\s+idleTime = (\\d{1,9}) \\* .*",
            Pattern.DOTALL);

    @Override
    public String text() {
        return TEXT.formatted(dedicatedNodes, spotNodes, slotsPerNode, idleTime.toSeconds());
    }

    /** What was asked for, read back from a formula; empty for a formula that was not written here. */
    static Optional<IdleFormula> read(String text) {
        Matcher matcher = NUMBERS.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        IdleFormula formula = new IdleFormula(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Duration.ofSeconds(Long.parseLong(matcher.group(4))));
        return Optional.of(formula).filter(read -> PoolFormula.isSame(read.text(), text));
    }

    @Override
    public IdlePolicy policy() {
        Duration shortest = IdlePolicy.EVALUATION_INTERVAL;
        return new IdlePolicy.Release(idleTime.compareTo(shortest) < 0 ? shortest : idleTime);
    }
}
