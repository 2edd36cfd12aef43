package io.twinbatch.app.exit;

import io.twinbatch.api.error.Redaction;

/** Something that the user has to put right before any work can start. The message is one line, for a person. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, with which thing, and what to do. */
    public UsageException(String message) {
        super(Redaction.withoutSecrets(message));
    }

    /** The same, with the failure underneath. */
    public UsageException(String message, Throwable cause) {
        super(Redaction.withoutSecrets(message), cause);
    }
}
