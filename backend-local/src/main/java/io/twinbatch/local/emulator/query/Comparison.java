package io.twinbatch.local.emulator.query;

import java.util.Optional;

/** How a property is held against a literal. */
enum Comparison {
    EQ,
    NE,
    GT,
    GE,
    LT,
    LE;

    /** The comparison that a word stands for. */
    static Optional<Comparison> of(String word) {
        return switch (word) {
            case "eq" -> Optional.of(EQ);
            case "ne" -> Optional.of(NE);
            case "gt" -> Optional.of(GT);
            case "ge" -> Optional.of(GE);
            case "lt" -> Optional.of(LT);
            case "le" -> Optional.of(LE);
            default -> Optional.empty();
        };
    }

    /**
     * Whether it holds.
     *
     * @param order negative when the property is less than the literal, 0 when they are equal, positive when greater
     */
    boolean holds(int order) {
        return switch (this) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
        };
    }
}
