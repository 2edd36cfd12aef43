package io.twinbatch.local.emulator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Set<String> PROPERTIES = Set.of(
            "id", "state", "creationTime", "executionInfo/exitCode", "executionInfo/result", "isDedicated", "size");

    private final JsonNode item = json("""
            {"id": "Task-1", "state": "completed", "creationTime": "2023-08-11T22:53:09.8007593Z", "isDedicated": true,
             "size": "6000000000", "executionInfo": {"exitCode": 3}}""");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state eq 'completed'",
                "state eq 'COMPLETED'",
                "state ne 'active'",
                "id gt 'task-0'",
                "startswith(id,'task')",
                "startswith( id , 'Task-1' )",
                "(state eq 'active') or startswith(id,'T')",
                "state eq 'active' and id eq 'x' or id eq 'task-1'",
                "id eq 'task-1' or state eq 'active' and id eq 'x'",
                "not state eq 'active'",
                "not (state eq 'active' or id eq 'x')",
                "executionInfo/exitCode ge 3 and executionInfo/exitCode le 3",
                "executionInfo/exitCode gt -1",
                "executionInfo/exitCode lt 3.5",
                "executionInfo/result eq null",
                "executionInfo/result ne 'success'",
                "executionInfo/exitCode ne null",
                "creationTime gt DateTime'2023-08-11T22:53:09Z'",
                "creationTime lt datetime'2023-08-12'",
                "creationTime ge DateTime'2023-08-11T22:53:09.8007593Z'",
                "creationTime gt DateTime'Fri, 11 Aug 2023 22:53:09 GMT'",
                "creationTime gt DateTime'2023-08-11T23:53:09+01:00'",
                "isDedicated eq true",
                "size gt 5999999999"
            })
    void whatHoldsIsLetThrough(String filter) {
        assertThat(Filter.parse(filter, PROPERTIES, FilterWords.ANY)).accepts(item);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state eq 'active'",
                "not state eq 'completed'",
                "executionInfo/exitCode eq 0",
                "executionInfo/exitCode eq '3'",
                "executionInfo/result gt 'a'",
                "executionInfo/result eq 'success'",
                "executionInfo/exitCode eq null",
                "startswith(id,'ask')",
                "startswith(executionInfo/exitCode,'3')",
                "creationTime gt DateTime'2023-08-11T22:53:10Z'",
                "isDedicated eq false",
                "(state eq 'active' or id eq 'task-1') and id eq 'x'"
            })
    void whatDoesNotHoldIsNot(String filter) {
        assertThat(Filter.parse(filter, PROPERTIES, FilterWords.ANY)).rejects(item);
    }

    @Test
    void aQuoteWithinATextIsWrittenTwice() {
        assertThat(Filter.parse("id eq 'it''s'", PROPERTIES, FilterWords.ANY)).accepts(json("{\"id\": \"it's\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "state",
                "state eq",
                "state eq 'a",
                "state eq active",
                "State eq 'active'",
                "other eq 'x'",
                "state like 'x'",
                "state EQ 'x'",
                "state eq 'x' and",
                "state eq 'x' id eq 'y'",
                "(state eq 'x'",
                "state eq 'x')",
                "endswith(id,'x')",
                "startswith(id)",
                "startswith(id,3)",
                "startswith(other,'x')",
                "'x' eq state",
                "size eq 1.2.3",
                "size eq -",
                "creationTime gt DateTime'yesterday'",
                "creationTime gt DateTime'9999999999-01-01T00:00:00Z'",
                "creationTime gt DateTime''",
                "id eq 'x' ; id eq 'y'",
                "not",
                "executionInfo eq null"
            })
    void whatIsNoFilterIsRefusedWithTheReason(String filter) {
        ServiceFault fault = refusal(filter);

        assertThat(fault.status()).isEqualTo(400);
        assertThat(fault.code()).isEqualTo("InvalidQueryParameterValue");
        assertThat(fault.values()).containsKeys("QueryParameterName", "QueryParameterValue", "Reason");
        assertThat(fault.values()).containsEntry("QueryParameterName", "$filter");
    }

    @Test
    void aFilterThatIsTooDeepOrTooLongIsRefused() {
        assertThat(refusal("(".repeat(4000)).values().get("Reason")).contains("deep");
        assertThat(refusal("not ".repeat(2000)).values().get("Reason")).contains("deep");
        assertThat(refusal("state eq '" + "x".repeat(9000) + "'").values().get("Reason"))
                .contains("longer");
    }

    @Test
    void aLongFilterThatIsNotDeepIsFine() {
        String filter = "state eq 'x' or ".repeat(500) + "state eq 'completed'";

        assertThat(Filter.parse(filter, PROPERTIES, FilterWords.ANY)).accepts(item);
    }

    @Test
    void noTextWhateverDoesAnythingButBeUnderstoodOrRefused() {
        String[] words = {
            "state",
            "id",
            "eq",
            "ne",
            "gt",
            "and",
            "or",
            "not",
            "(",
            ")",
            ",",
            "'x'",
            "''",
            "'",
            "startswith",
            "true",
            "null",
            "3",
            "-",
            ".",
            "DateTime'2023'",
            "DateTime'",
            "executionInfo/exitCode",
            "/",
            "\u0000",
            "\uD800",
            "é"
        };
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder filter = new StringBuilder();
            for (int length = random.nextInt(8); length >= 0; length--) {
                filter.append(words[random.nextInt(words.length)]).append(random.nextInt(4) == 0 ? "" : " ");
            }
            assertThat(isUnderstoodOrRefused(filter.toString())).isTrue();
        }
    }

    private boolean isUnderstoodOrRefused(String filter) {
        try {
            Predicate<JsonNode> condition = Filter.parse(filter, PROPERTIES, FilterWords.ANY);
            return condition.test(item) || condition.negate().test(item);
        } catch (ServiceFault fault) {
            return fault.status() == 400;
        }
    }

    private static ServiceFault refusal(String filter) {
        return catchThrowableOfType(ServiceFault.class, () -> Filter.parse(filter, PROPERTIES, FilterWords.ANY));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
