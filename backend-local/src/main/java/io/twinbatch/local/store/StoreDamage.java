package io.twinbatch.local.store;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.nio.file.Path;

/** How a store is refused that has lost what it was given. It is left as it is. */
final class StoreDamage {
    private StoreDamage() {}

    /** A store that is not whole. */
    static BatchException found(Path file, Throwable cause) {
        return new BatchException(
                ErrorCode.UNKNOWN,
                "state store " + file,
                "it is damaged or has lost records, or the key beside it is not the one it was written with. Nothing was"
                        + " changed. Put back copies of engine.db, engine.key and engine.saves together, or move the"
                        + " three away to begin anew",
                cause);
    }

    /** What a failed read means: for what a damaged file makes it believe, the store fails in many ways. */
    static BatchException behind(Path file, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return new BatchException(
                    ErrorCode.UNKNOWN,
                    "state store " + file,
                    "what it says it holds does not fit into memory. Nothing was changed. Give Java more memory (-Xmx), or"
                            + " take the store for damaged and put back copies of engine.db, engine.key and engine.saves"
                            + " together",
                    cause);
        }
        return found(file, cause);
    }
}
