package io.twinbatch.azure.batch;

import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.azure.client.model.PoolModel.BatchPool;
import java.util.Optional;

/**
 * An autoscale formula that carries out an idle policy. The service evaluates the formula of a pool every few minutes and
 * follows it. See <a href="https://learn.microsoft.com/azure/batch/batch-automatic-scaling">Autoscale compute nodes</a>.
 */
sealed interface PoolFormula permits IdleFormula, LeaseFormula {
    /** How many dedicated nodes were asked for. */
    int dedicatedNodes();

    /** How many spot nodes were asked for. */
    int spotNodes();

    /** The policy that the formula carries out. */
    IdlePolicy policy();

    /** The formula in the service's language. */
    String text();

    /** The formula of a pool; empty when its policy needs none. */
    static Optional<PoolFormula> of(PoolSpec spec) {
        if (spec.idlePolicy() instanceof IdlePolicy.Release release) {
            return Optional.of(
                    new IdleFormula(spec.dedicatedNodes(), spec.spotNodes(), spec.slotsPerNode(), release.idleTime()));
        }
        if (spec.idlePolicy() instanceof IdlePolicy.Lease lease) {
            return Optional.of(new LeaseFormula(spec.dedicatedNodes(), spec.spotNodes(), lease.end()));
        }
        return Optional.empty();
    }

    /** The formula that a pool has; empty for none, and for one that somebody else has written. */
    static Optional<PoolFormula> read(BatchPool pool) {
        if (!isOn(pool) || pool.autoScaleFormula() == null) {
            return Optional.empty();
        }
        Optional<PoolFormula> idle = IdleFormula.read(pool.autoScaleFormula()).map(formula -> formula);
        return idle.or(() -> LeaseFormula.read(pool.autoScaleFormula()));
    }

    /** Whether a formula decides about the size of a pool. */
    static boolean isOn(BatchPool pool) {
        return Boolean.TRUE.equals(pool.enableAutoScale());
    }

    /** Whether two formulas differ in nothing but their spacing, which the service may change. */
    static boolean isSame(String one, String other) {
        return withoutSpace(one).equals(withoutSpace(other));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
