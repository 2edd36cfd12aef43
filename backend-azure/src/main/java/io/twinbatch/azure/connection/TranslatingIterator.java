package io.twinbatch.azure.connection;

import io.twinbatch.api.error.BatchException;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A listing whose failures, which come with the page that failed, are reported like those of any other call. */
public final class TranslatingIterator<T> implements Iterator<T> {
    private final Iterator<T> items;
    private final Function<RuntimeException, BatchException> translation;

    /**
     * A listing.
     *
     * @param items the listing as the service's client gives it
     * @param translation what a failure of that client means to the caller
     */
    public TranslatingIterator(Iterator<T> items, Function<RuntimeException, BatchException> translation) {
        this.items = items;
        this.translation = translation;
    }

    /** The listing, fetched as it is consumed. */
    public Stream<T> stream() {
        int properties = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, properties), false);
    }

    @Override
    public boolean hasNext() {
        try {
            return items.hasNext();
        } catch (RuntimeException e) {
            throw translation.apply(e);
        }
    }

    @Override
    public T next() {
        try {
            return items.next();
        } catch (RuntimeException e) {
            throw translation.apply(e);
        }
    }
}
