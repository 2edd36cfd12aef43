package io.twinbatch.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls that have to be refused. */
final class Refusals {
    private Refusals() {}

    /** The call fails with this code, and says what it is about. */
    static BatchException assertRefused(ErrorCode code, ThrowingCallable call) {
        BatchException refusal = catchThrowableOfType(BatchException.class, call);
        assertThat(refusal).as("refusal with " + code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.resource()).isNotEmpty();
        return refusal;
    }

    /** The call fails because there is no such thing. */
    static void assertNotFound(ThrowingCallable call) {
        assertRefused(ErrorCode.NOT_FOUND, call);
    }
}
