package io.twinbatch.local.emulator.http;

import java.util.Optional;

/** Knows the tokens that the service has given to tasks. */
@FunctionalInterface
public interface JobTokens {
    /** There are none. */
    JobTokens NONE = token -> Optional.empty();

    /** The id of the job whose operations a token allows; empty when it is none of these tokens. */
    Optional<String> job(String token);
}
