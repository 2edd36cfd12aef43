package io.twinbatch.local.emulator.autoscale;

/** Says where and why a formula cannot be understood. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SyntaxException(Position position, String reason) {
        super(position + ": " + reason);
    }
}
