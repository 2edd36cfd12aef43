package io.twinbatch.local.emulator.query;

/** Says, in a sentence, why a filter cannot be understood. */
final class FilterSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FilterSyntaxException(String reason) {
        super(reason);
    }
}
