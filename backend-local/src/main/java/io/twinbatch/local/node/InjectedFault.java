package io.twinbatch.local.node;

import io.twinbatch.api.task.FailureInfo;
import java.util.Optional;

/** What is to go wrong on purpose with a piece of work. */
public interface InjectedFault {
    /** Nothing. */
    InjectedFault NONE = new InjectedFault() {};

    /** Takes its time before anything is done. */
    default void delay() throws InterruptedException {}

    /** Why the outputs cannot be uploaded; asked once, when there are some. */
    default Optional<FailureInfo> uploadFailure() {
        return Optional.empty();
    }
}
