package io.twinbatch.local.emulator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {
    private static final String BASE = "http://127.0.0.1:10100";

    @Test
    void thePagesOfAListHoldAllOfItOnceAndInOrder() {
        List<String> all =
                IntStream.range(0, 25).mapToObj(i -> String.format("t%02d", i)).toList();
        List<String> seen = new ArrayList<>();
        Optional<String> link = Optional.of(BASE + "/jobs?api-version=1&maxresults=10");
        int pages = 0;
        while (link.isPresent()) {
            Page.Slice<String> slice = Page.of(get(link.get())).cut(all.stream(), Function.identity());
            seen.addAll(slice.items());
            link = slice.nextLink();
            pages++;
        }

        assertThat(seen).isEqualTo(all);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aListThatFillsItsLastPageHasNoEmptyPageBehindIt() {
        Page.Slice<String> slice =
                Page.of(get(BASE + "/jobs?maxresults=2")).cut(Stream.of("a", "b"), Function.identity());

        assertThat(slice.nextLink()).isEmpty();
    }

    @Test
    void theLinkCarriesWhatWasAskedForAndNothingThatIsDecodedTwice() {
        Request request = get(BASE + "/jobs/a%2Fb/tasks?api-version=2024-07-01.20.0&%24filter=state%20eq%20'x'"
                + "&$select=id,%20state&maxresults=1&$expand=stats");
        String link = Page.of(request)
                .cut(Stream.of("a>b?c~ü", "z"), Function.identity())
                .nextLink()
                .orElseThrow();

        assertThat(link).startsWith(BASE + "/jobs/a%2Fb/tasks?");
        assertThat(URI.create(link).getRawQuery().split("&"))
                .contains(
                        "api-version=2024-07-01.20.0",
                        "$filter=state%20eq%20%27x%27",
                        "$select=id%2C%20state",
                        "$expand=stats",
                        "maxresults=1");
        String token = link.substring(link.indexOf("$skiptoken=") + "$skiptoken=".length());
        assertThat(token).matches("[A-Za-z0-9._-]+");
        assertThat(Page.of(get(link)).after()).contains("a>b?c~ü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "99999999999999999999"})
    void aPageOfAnotherSizeIsRefused(String size) {
        ServiceFault fault = refusal(get(BASE + "/jobs?maxresults=" + size));

        assertThat(fault.status()).isEqualTo(400);
        assertThat(fault.code()).isEqualTo("OutOfRangeQueryParameterValue");
        assertThat(fault.values()).containsEntry("QueryParameterValue", size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxresults=",
                "maxresults=x",
                "maxresults=1.5",
                "$skiptoken=x",
                "$skiptoken=TB1.*",
                "$skiptoken=TB1._w"
            })
    void whatIsNoNumberAndNoTokenOfOursIsRefused(String query) {
        assertThat(refusal(get(BASE + "/jobs?" + query)).code()).isEqualTo("InvalidQueryParameterValue");
    }

    @Test
    void selectingGivesTheNamedPropertiesAndNoOthers() {
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("id", "a")
                .put("url", "u")
                .put("state", "s");

        assertThat(Select.parse("state, id", Set.of("id", "url", "state", "stats"))
                        .of(item)
                        .toString())
                .isEqualTo("{\"state\":\"s\",\"id\":\"a\"}");
        assertThat(Select.of(get(BASE + "/jobs"), Set.of()).of(item)).isEqualTo(item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "id,", "id,,url", "id/x", "*"})
    void selectingWhatIsNotThereIsRefused(String select) {
        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> Select.parse(select, Set.of("id", "url")));

        assertThat(fault.code()).isEqualTo("InvalidQueryParameterValue");
    }

    @Test
    void statisticsComeWhenTheyAreExpandedOrSelected() {
        Set<String> names = Set.of("id", "stats");

        assertThat(stats("", names)).isFalse();
        assertThat(stats("$expand=stats", names)).isTrue();
        assertThat(stats("$select=id,stats", names)).isTrue();
        assertThat(catchThrowableOfType(ServiceFault.class, () -> stats("$expand=all", names))
                        .code())
                .isEqualTo("InvalidQueryParameterValue");
    }

    private static boolean stats(String query, Set<String> names) {
        Request request = get(BASE + "/jobs?" + query);
        return Expand.stats(request, Select.of(request, names));
    }

    private static ServiceFault refusal(Request request) {
        return catchThrowableOfType(ServiceFault.class, () -> Page.of(request));
    }

    private static Request get(String url) {
        URI uri = URI.create(url);
        Map<String, String> query = Stream.of(
                        Optional.ofNullable(uri.getRawQuery()).orElse("").split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1])));
        List<String> path = Stream.of(uri.getRawPath().substring(1).split("/"))
                .map(ListsTest::decode)
                .toList();
        return new Request("id", "GET", path, query, Map.of(), "", BASE);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
