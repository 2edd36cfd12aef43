package io.twinbatch.local.emulator.query;

/**
 * A word of a filter.
 *
 * @param kind what it is
 * @param text what it says: a name, the text of a literal without its quotes, a number as it was written
 * @param start where it begins in the filter, counted from 0
 */
record FilterToken(Kind kind, String text, int start) {
    /** What a word is. */
    enum Kind {
        NAME,
        TEXT,
        TIME,
        NUMBER,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
