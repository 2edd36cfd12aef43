package io.twinbatch.local.emulator.autoscale;

/**
 * A word of a formula.
 *
 * @param kind what it is
 * @param text what it says; of a text, without its quotes
 * @param position where it begins
 */
record FormulaToken(Kind kind, String text, Position position) {
    /** What a word is. */
    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }
}
