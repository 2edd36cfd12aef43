package io.twinbatch.azure.storage;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A listing whose failures, which come with the page that failed, are reported like those of any other call. */
final class TranslatingIterator<T> implements Iterator<T> {
    private final String resource;
    private final Iterator<T> items;

    TranslatingIterator(String resource, Iterator<T> items) {
        this.resource = resource;
        this.items = items;
    }

    Stream<T> stream() {
        int properties = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, properties), false);
    }

    @Override
    public boolean hasNext() {
        try {
            return items.hasNext();
        } catch (RuntimeException e) {
            throw BlobErrors.translate(resource, e);
        }
    }

    @Override
    public T next() {
        try {
            return items.next();
        } catch (RuntimeException e) {
            throw BlobErrors.translate(resource, e);
        }
    }
}
