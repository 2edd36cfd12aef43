package io.twinbatch.local.emulator.query;

import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.http.UrlText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a list that one answer holds. A list is in the order of its items' keys, and a page begins behind the last
 * key of the page before: what is added or deleted between two pages neither repeats nor hides anything else.
 */
public final class Page {
    /** The most items of an answer, and how many there are when the request does not say. */
    public static final int MAX_RESULTS = 1000;

    private static final String SIZE = "maxresults";
    private static final String TOKEN = "$skiptoken";

    /** Marks our tokens; clients do not read them. */
    private static final String TOKEN_PREFIX = "TB1.";

    private final Request request;
    private final int size;
    private final Optional<String> after;

    private Page(Request request, int size, Optional<String> after) {
        this.request = request;
        this.size = size;
        this.after = after;
    }

    /**
     * What is on a page.
     *
     * @param items the items, in order
     * @param nextLink where the rest is; empty when this is the last page
     */
    public record Slice<T>(List<T> items, Optional<String> nextLink) {
        public Slice {
            items = List.copyOf(items);
        }
    }

    /**
     * The page that a request asks for.
     *
     * @throws ServiceFault 400 when {@code maxresults} is not from 1 to 1000, or the token is none of ours
     */
    public static Page of(Request request) {
        int size = request.parameter(SIZE).map(Page::size).orElse(MAX_RESULTS);
        return new Page(request, size, request.parameter(TOKEN).map(Page::key));
    }

    /** The key behind which this page begins; empty for the first page. */
    public Optional<String> after() {
        return after;
    }

    /** How many items it holds at most. */
    public int size() {
        return size;
    }

    /**
     * Cuts the page out of a list. Items are taken from the stream only until the page is full and one more is seen.
     *
     * @param items all that the request's filter lets through, in the order of their keys ({@link String#compareTo});
     *     those up to {@link #after()} may be missing
     * @param key the key of an item, different for each
     */
    public <T> Slice<T> cut(Stream<T> items, Function<T, String> key) {
        List<T> page = new ArrayList<>();
        Iterator<T> rest = items.filter(
                        item -> after.isEmpty() || key.apply(item).compareTo(after.get()) > 0)
                .iterator();
        while (page.size() < size && rest.hasNext()) {
            page.add(rest.next());
        }
        boolean last = page.isEmpty() || !rest.hasNext();
        return new Slice<>(page, last ? Optional.empty() : Optional.of(nextLink(key.apply(page.get(page.size() - 1)))));
    }

    /** The address of the page behind a key: what was asked for, with everything that was asked with it. */
    public String nextLink(String lastKey) {
        String path = request.path().stream().map(UrlText::encode).collect(Collectors.joining("/", "/", "?"));
        Map<String, String> query = new TreeMap<>(request.query());
        query.remove(TOKEN);
        String parameters = query.entrySet().stream()
                .map(entry -> UrlText.encode(entry.getKey()).replace("%24", "$") + "="
                        + UrlText.encode(entry.getValue()) + "&")
                .collect(Collectors.joining());
        return request.base() + path + parameters + TOKEN + "=" + token(lastKey);
    }

    /** Without {@code +} and {@code %}, which some clients decode once too often. */
    private static String token(String key) {
        return TOKEN_PREFIX
                + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String token) {
        try {
            if (token.startsWith(TOKEN_PREFIX)) {
                byte[] bytes = Base64.getUrlDecoder().decode(token.substring(TOKEN_PREFIX.length()));
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw unknownToken(token);
        }
        throw unknownToken(token);
    }

    private static ServiceFault unknownToken(String token) {
        return ServiceFault.invalidQuery(TOKEN, token, "This token was not given out with a list.");
    }

    private static int size(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= MAX_RESULTS) {
                return size;
            }
        } catch (NumberFormatException e) {
            if (!text.matches("[+-]?\\d+")) {
                throw ServiceFault.invalidQuery(SIZE, text, "It is no whole number.");
            }
        }
        throw ServiceFault.queryOutOfRange(SIZE, text, "It is not from 1 to " + MAX_RESULTS + ".");
    }
}
