package io.twinbatch.local.engine;

import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.engine.host.UserChoice;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.node.NodeAccount;
import io.twinbatch.local.node.UserSwitch;
import java.time.Duration;
import java.util.Optional;

/**
 * What an engine is opened with, beside its state folder.
 *
 * @param account the account that tasks see
 * @param applications the application packages of the account
 * @param faults what is to go wrong on purpose
 * @param transitionTime how long pools, nodes, jobs and tasks stay at least in a state that lies between two others, as
 *     they do on the service; zero for no longer than the work in it takes
 * @param users chooses the users that tasks run as
 * @param userSwitch switches to them; empty where all work runs as the user of this process
 */
public record EngineSettings(
        NodeAccount account,
        ApplicationPackages applications,
        FaultPlan faults,
        Duration transitionTime,
        UserChoice users,
        Optional<UserSwitch> userSwitch) {
    /** No account, no packages, no faults, nothing takes longer than it must, and everything runs as one user. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            NodeAccount.NONE,
            ApplicationPackages.NONE,
            FaultPlan.NONE,
            Duration.ZERO,
            UserChoice.ENGINE,
            Optional.empty());

    /** The same with another account. */
    public EngineSettings with(NodeAccount other) {
        return new EngineSettings(other, applications, faults, transitionTime, users, userSwitch);
    }

    /** The same with other application packages. */
    public EngineSettings with(ApplicationPackages packages) {
        return new EngineSettings(account, packages, faults, transitionTime, users, userSwitch);
    }

    /** The same with other faults. */
    public EngineSettings with(FaultPlan plan) {
        return new EngineSettings(account, applications, plan, transitionTime, users, userSwitch);
    }

    /** The same with another time for transitions. */
    public EngineSettings withTransitionTime(Duration time) {
        return new EngineSettings(account, applications, faults, time, users, userSwitch);
    }

    /** The same with users of tasks. */
    public EngineSettings with(UserChoice choice, UserSwitch means) {
        return new EngineSettings(account, applications, faults, transitionTime, choice, Optional.of(means));
    }
}
