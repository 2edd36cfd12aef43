package io.twinbatch.local.emulator.autoscale;

/** Says where and why a formula cannot be understood. */
final class FormulaSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FormulaSyntaxException(Position position, String reason) {
        super(position + ": " + reason);
    }
}
