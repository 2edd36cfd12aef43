package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.local.emulator.operation.Routes.Endpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of answers finds what differs from the published types. */
class PublishedTypesTest {
    private static final PublishedTypes TYPES = PublishedTypes.load();
    private static final Map<String, String> STABLE = Map.of("api-version", "2025-06-01");
    private static final String FILE = "{'odata.metadata':'x','value':[{'name':'f','url':'u','isDirectory':false,"
            + "'properties':{'lastModified':'2026-01-02T03:04:05.1234567Z','contentLength':'5'}}]}";

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static Endpoint get(String path) {
        return new Endpoint("GET", path);
    }

    @Test
    void anAnswerOfThePublishedTypePasses() throws Exception {
        TYPES.requireAnswer(get("/jobs/{}/tasks/{}/files"), STABLE, json(FILE));
        TYPES.requireAnswer(
                get("/pools"), Map.of("api-version", "2025-06-01", "$select", "id"), json("{'value':[{'id':'p'}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'contentLength':'5'          | 'contentLength':5               | contentLength is to be digits
            ,'contentLength':'5'         |                                 | contentLength* of FileProperties is missing
            .1234567Z                    | .12345678Z                      | lastModified is to be a time
            'isDirectory':false          | 'isDirectory':'false'           | isDirectory is to be true or false
            'isDirectory':false          | 'isFolder':false                | isFolder is no property of NodeFile
            """)
    void whatDiffersIsNamed(String part, String other, String problem) {
        String wrong = FILE.replace(part, other == null ? "" : other);
        assertThat(wrong).isNotEqualTo(FILE);
        assertThatThrownBy(() -> TYPES.requireAnswer(get("/jobs/{}/tasks/{}/files"), STABLE, json(wrong)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aPropertyThatAVersionHasDroppedIsFound() throws Exception {
        JsonNode answer = json("{'value':[{'resourceTags':{'a':'b'}}]}");
        Map<String, String> before = Map.of("api-version", "2024-07-01.20.0", "$select", "resourceTags");
        TYPES.requireAnswer(get("/pools"), before, answer);
        Map<String, String> after = Map.of("api-version", "2025-06-01", "$select", "resourceTags");
        assertThatThrownBy(() -> TYPES.requireAnswer(get("/pools"), after, answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("resourceTags is no property of CloudPool");
    }

    @Test
    void aValueThatIsNotPublishedIsFound() throws Exception {
        JsonNode answer = json("{'value':[{'state':'asleep'}]}");
        Map<String, String> query = Map.of("api-version", "2025-06-01", "$select", "state");
        assertThatThrownBy(() -> TYPES.requireAnswer(get("/jobs"), query, answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("state is to be one of active|disabling");
    }
}
