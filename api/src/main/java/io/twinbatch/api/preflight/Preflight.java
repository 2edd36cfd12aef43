package io.twinbatch.api.preflight;

import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.plan.RunPlanner;
import java.util.List;
import java.util.Objects;

/**
 * Asks a provider, before anything is created, whether it can carry out a plan: whether it lets the caller in, has the
 * image and the size of node, and allows so many cores and jobs. What the plan alone shows is checked by
 * {@link RunPlanner}.
 */
@FunctionalInterface
public interface Preflight {
    /**
     * Looks, and changes nothing.
     *
     * @return what was checked, in order; a plan with a {@link Result#FAILED} finding is not carried out
     * @throws io.twinbatch.api.error.BatchException when the provider cannot be asked
     */
    List<Finding> check(RunPlan plan);

    /**
     * One check.
     *
     * @param subject what, in a few words, such as {@code dedicated cores}
     * @param result what came of it
     * @param detail the numbers behind it; for a failure what is lacking; for what could not be checked, why
     * @param remedy what to do about it; empty when there is nothing to be done
     */
    record Finding(String subject, Result result, String detail, String remedy) {
        public Finding {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(result, "result");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(remedy, "remedy");
        }
    }

    /** The result of a check. */
    enum Result {
        /** It is as the plan needs it. */
        PASSED,
        /** The plan works, and something about it needs attention; the run may continue. */
        WARNING,
        /** Unknown; the run may continue. */
        UNKNOWN,
        /** The plan cannot work. */
        FAILED
    }
}
