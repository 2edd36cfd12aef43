package io.twinbatch.azure.batch;

import io.twinbatch.api.pool.IdlePolicy;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The autoscale formula of a pool with a lease: the nodes that were asked for until the lease ends, and none from then
 * on. {@code time()} is the service's own clock, and {@code time("...")} reads a time in W3C-DTF (<a
 * href="https://learn.microsoft.com/azure/batch/batch-automatic-scaling#functions">functions</a>). Nodes leave without
 * waiting for their tasks, which are queued again: nobody is there to collect their results, and a task may run as long
 * as the job.
 *
 * @param dedicatedNodes how many dedicated nodes until the end
 * @param spotNodes how many spot nodes until the end
 * @param end when the lease ends, in whole seconds
 */
record LeaseFormula(int dedicatedNodes, int spotNodes, Instant end) implements PoolFormula {
    private static final String TEXT = """
            dedicated = %d;
            spot = %d;
            leaseEnd = time("%s");
            held = time() < leaseEnd;
            $TargetDedicatedNodes = held ? dedicated : 0;
            $TargetLowPriorityNodes = held ? spot : 0;
            $NodeDeallocationOption = requeue;
            """;

    private static final Pattern VALUES = Pattern.compile(
            "dedicated\\s*=\\s*(\\d{1,9});\\s*spot\\s*=\\s*(\\d{1,9});\\s*leaseEnd\\s*=\\s*time\\(\"([^\"]+)\"\\);.*",
            Pattern.DOTALL);

    @Override
    public String text() {
        return TEXT.formatted(dedicatedNodes, spotNodes, end);
    }

    @Override
    public IdlePolicy policy() {
        return new IdlePolicy.Lease(end);
    }

    /** What was asked for, read back from a formula; empty for a formula that was not written here. */
    static Optional<LeaseFormula> read(String text) {
        Matcher matcher = VALUES.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LeaseFormula formula = new LeaseFormula(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Instant.parse(matcher.group(3)));
            return Optional.of(formula).filter(read -> PoolFormula.isSame(read.text(), text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
