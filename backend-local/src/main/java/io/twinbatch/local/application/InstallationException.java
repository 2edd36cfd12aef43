package io.twinbatch.local.application;

/** A node cannot have an application package; the message says why. */
public final class InstallationException extends Exception {
    private static final long serialVersionUID = 1L;

    InstallationException(String message, Throwable cause) {
        super(message, cause);
    }
}
