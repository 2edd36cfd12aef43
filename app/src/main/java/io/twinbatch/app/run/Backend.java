package io.twinbatch.app.run;

import java.util.Locale;

/** Where the work is done. */
public enum Backend {
    /** Azure Batch and Azure Blob Storage. */
    AZURE,
    /** This machine. */
    LOCAL;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
