package io.twinbatch.azure.batch;

import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.connection.TranslatingIterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls about one resource, whose failures are reported as failures of that resource.
 *
 * @param resource its kind and name
 */
record ServiceCalls(String resource) {
    /** A call that returns something. */
    <T> T get(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw BatchErrors.translate(resource, e);
        }
    }

    /** A call for something that may not be there. */
    <T> Optional<T> find(Supplier<T> call) {
        return get(() -> {
            try {
                return Optional.of(call.get());
            } catch (BatchServiceException e) {
                if (BatchErrors.codeOf(e) == ErrorCode.NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** A call that returns nothing. */
    void run(Runnable call) {
        get(() -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    /**
     * A call that returns nothing.
     *
     * @param onRefusal examines a refusal; it returns when the effect is there all the same, and throws it otherwise
     */
    void run(Runnable call, Consumer<BatchServiceException> onRefusal) {
        run(() -> {
            try {
                call.run();
            } catch (BatchServiceException e) {
                onRefusal.accept(e);
            }
        });
    }

    /**
     * A call that deletes something.
     *
     * @param ordered the service's codes for something whose deletion was ordered before
     * @return whether there was something to delete, as far as the call did that itself
     */
    boolean delete(Runnable call, Set<String> ordered) {
        return get(() -> {
            try {
                call.run();
                return true;
            } catch (BatchServiceException e) {
                if (BatchErrors.codeOf(e) == ErrorCode.NOT_FOUND || ordered.contains(e.code())) {
                    // It may be this call's first try, its answer lost, that ordered it.
                    return e.mayHaveBeenDone();
                }
                throw e;
            }
        });
    }

    /** A listing, whose failures come with the page that failed. */
    <T> Stream<T> list(Supplier<Stream<T>> call) {
        return new TranslatingIterator<>(get(call).iterator(), e -> BatchErrors.translate(resource, e)).stream();
    }
}
