package io.twinbatch.local.emulator.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.query.Filter;
import io.twinbatch.local.emulator.query.FilterWords;
import io.twinbatch.local.emulator.query.Page;
import io.twinbatch.local.emulator.query.Select;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A list of the service.
 *
 * @param collection what the service calls it
 * @param selectable the properties that can be selected
 * @param filterable the properties that a filter can ask about
 */
public record Listing(String collection, Set<String> selectable, Set<String> filterable) {
    private record Item(String key, ObjectNode document) {}

    /**
     * Answers with a page of a list.
     *
     * @param behind all that is behind a key, by key
     * @param render the document of one, with or without statistics
     */
    public <T> Reply page(
            Call call,
            Function<String, Map<String, T>> behind,
            Expansion expansion,
            BiFunction<T, Boolean, ObjectNode> render) {
        Request request = call.request();
        Select select = Select.of(request, selectable);
        boolean stats = expansion.isWanted(request, select);
        Predicate<JsonNode> wanted = request.parameter("$filter")
                .filter(text -> !text.isBlank())
                .map(text -> Filter.parse(text, filterable, FilterWords.of(collection)))
                .orElse(any -> true);
        Page page = Page.of(request);
        Stream<Item> items = behind.apply(page.after().orElse("")).entrySet().stream()
                .map(entry -> new Item(entry.getKey(), render.apply(entry.getValue(), stats)))
                .filter(item -> wanted.test(item.document()));
        Page.Slice<Item> slice = page.cut(items, Item::key);
        ObjectNode document = Replies.annotated(call, collection);
        ArrayNode value = document.putArray("value");
        slice.items().forEach(item -> value.add(select.of(item.document())));
        slice.nextLink().ifPresent(link -> document.put("odata.nextLink", link));
        return Reply.json(200, Map.of(), document);
    }

    /** Whether a request wants statistics. */
    public interface Expansion {
        /** There are none. */
        Expansion NONE = (request, select) -> false;

        boolean isWanted(Request request, Select select);
    }
}
