package io.twinbatch.app.exit;

/** A disk of this machine is full, which is not the provider's fault. The message is one line, for a person. */
public final class FullDiskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Which disk it is, and the failure that it has caused. */
    public FullDiskException(String message, Throwable cause) {
        super(message, cause);
    }
}
