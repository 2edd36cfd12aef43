package io.twinbatch.local.node;

/** The user of this machine that a process runs as. */
public enum TaskUser {
    /** The user of the engine. */
    ENGINE,
    /** A user without administrator rights that tasks share. */
    SHARED,
    /** A user without administrator rights that this task alone has. */
    OWN
}
