package io.twinbatch.local.engine;

import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.engine.host.UserChoice;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.node.NodeAccount;
import java.time.Duration;

/**
 * What an engine is opened with, beside its state folder.
 *
 * @param account the account that tasks see
 * @param applications the application packages of the account
 * @param faults what is to go wrong on purpose
 * @param transitionTime how long pools, nodes, jobs and tasks stay at least in a state that lies between two others, as
 *     they do on the service; zero for no longer than the work in it takes
 * @param users chooses the users that tasks run as, where this process can switch users
 */
public record EngineSettings(
        NodeAccount account,
        ApplicationPackages applications,
        FaultPlan faults,
        Duration transitionTime,
        UserChoice users) {
    /** No account, no packages, no faults, nothing takes longer than it must, and everything runs as one user. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            NodeAccount.NONE, ApplicationPackages.NONE, FaultPlan.NONE, Duration.ZERO, UserChoice.ENGINE);

    /** The same with another account. */
    public EngineSettings with(NodeAccount other) {
        return new EngineSettings(other, applications, faults, transitionTime, users);
    }

    /** The same with other application packages. */
    public EngineSettings with(ApplicationPackages packages) {
        return new EngineSettings(account, packages, faults, transitionTime, users);
    }

    /** The same with other faults. */
    public EngineSettings with(FaultPlan plan) {
        return new EngineSettings(account, applications, plan, transitionTime, users);
    }

    /** The same with another time for transitions. */
    public EngineSettings withTransitionTime(Duration time) {
        return new EngineSettings(account, applications, faults, time, users);
    }

    /** The same with other users of tasks. */
    public EngineSettings with(UserChoice choice) {
        return new EngineSettings(account, applications, faults, transitionTime, choice);
    }
}
