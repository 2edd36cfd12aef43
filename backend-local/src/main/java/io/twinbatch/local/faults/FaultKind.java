package io.twinbatch.local.faults;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of faults, by their name in a file, with the properties that a rule of that kind may have. */
enum FaultKind {
    THROTTLE("throttle", "operation retryAfterSeconds"),
    REFUSE("refuse", "operation status code message retryAfterSeconds"),
    LOSE_ANSWER("loseAnswer", "operation"),
    SLOW_ANSWER("slowAnswer", "operation delaySeconds"),
    RESIZE_ERROR("resizeError", "pool code message granted"),
    START_TASK_FAILURE("startTaskFailure", "pool node exitCode"),
    NODE_LOSS("nodeLoss", "pool node job task delaySeconds"),
    PREEMPTION("preemption", "pool node job task delaySeconds"),
    SLOW_NODE("slowNode", "pool node job task delaySeconds"),
    UPLOAD_FAILURE("uploadFailure", "pool node job task code message");

    private final String label;
    private final String properties;

    FaultKind(String label, String properties) {
        this.label = label;
        this.properties = properties;
    }

    String label() {
        return label;
    }

    Set<String> properties() {
        return Set.of(properties.split(" ", -1));
    }

    static Optional<FaultKind> of(String label) {
        return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
