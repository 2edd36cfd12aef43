package io.twinbatch.local.node;

import io.twinbatch.api.job.FailureInfo;
import java.util.Optional;

/** What is to go wrong on purpose with a piece of work. */
public interface Disturbance {
    /** Nothing. */
    Disturbance NONE = new Disturbance() {};

    /** Takes its time before anything is done. */
    default void delay() throws InterruptedException {}

    /** Why the outputs cannot be uploaded; asked once, when there are some. */
    default Optional<FailureInfo> uploadFailure() {
        return Optional.empty();
    }
}
