package io.twinbatch.local.emulator.odata;

/** Says, in a sentence, why a filter cannot be understood. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SyntaxException(String reason) {
        super(reason);
    }
}
