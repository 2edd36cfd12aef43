package io.twinbatch.api.storage;

/** A right that a signed URL grants. */
public enum AccessRight {
    /** Read objects. */
    READ,
    /** Write new objects; an existing one is not overwritten by this right alone. */
    CREATE,
    /** Write objects, existing ones included. */
    WRITE,
    /** List the names of objects. */
    LIST
}
