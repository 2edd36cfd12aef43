package io.twinbatch.azure.client;

import io.twinbatch.azure.client.model.ItemPage;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The items of a listing; each page is asked for when the items before it are used up, the first one included. */
final class Pages<T> implements Iterator<T> {
    private final Function<String, ItemPage<T>> next;
    private Supplier<ItemPage<T>> pending;
    private Iterator<T> items = List.<T>of().iterator();

    private Pages(Supplier<ItemPage<T>> first, Function<String, ItemPage<T>> next) {
        this.pending = first;
        this.next = next;
    }

    static <T> Stream<T> stream(Supplier<ItemPage<T>> first, Function<String, ItemPage<T>> next) {
        int properties = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Pages<>(first, next), properties), false);
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && pending != null) {
            ItemPage<T> page = pending.get();
            String link = page.nextLink();
            pending = link == null || link.isEmpty() ? null : () -> next.apply(link);
            items = page.value() == null
                    ? List.<T>of().iterator()
                    : page.value().iterator();
        }
        return items.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
