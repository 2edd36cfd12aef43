package io.twinbatch.app.exit;

/** How the program ends when Java has no memory left. */
public final class OutOfMemory {
    /** A constant, so that it can be printed without loading a class. */
    public static final String MESSAGE = "out of memory; give Java more with TWINBATCH_JAVA_OPTS=-Xmx2g, for instance";

    private OutOfMemory() {}
}
