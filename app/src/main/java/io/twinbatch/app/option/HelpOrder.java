package io.twinbatch.app.option;

/** Where shared options stand in the list of a command's options; those of the command itself come between. */
final class HelpOrder {
    /** Before everything else. */
    static final int FIRST = -2;

    /** After the options of the command itself, which have the order -1 when they say nothing. */
    static final int LOCAL_BACKEND = 1;

    /** At the end. */
    static final int LAST = 2;

    private HelpOrder() {}
}
