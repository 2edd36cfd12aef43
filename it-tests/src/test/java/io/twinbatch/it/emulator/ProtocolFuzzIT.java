package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinbatch.local.emulator.Emulator;
import io.twinbatch.local.emulator.EmulatorConfig;
import io.twinbatch.local.emulator.autoscale.Formula;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.query.Expand;
import io.twinbatch.local.emulator.query.Filter;
import io.twinbatch.local.emulator.query.FilterWords;
import io.twinbatch.local.emulator.query.Page;
import io.twinbatch.local.emulator.query.Select;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The protocol alone, before operations that do nothing but look at what every operation looks at. */
@Tag("long")
class ProtocolFuzzIT {
    private static final int REQUESTS = 15_000;
    private static final Set<String> PROPERTIES = Set.of("id", "state", "creationTime", "executionInfo/exitCode");

    @Test
    void noRequestIsAnsweredAsTheServersFaultOrNotAtAll() throws IOException {
        try (Emulator emulator = Emulator.open(EmulatorConfig.onPort(0), ProtocolFuzzIT::look);
                RequestFuzzer fuzzer = new RequestFuzzer(
                        emulator.endpoint(), EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY, 0, 1)) {
            fuzzer.run(REQUESTS);

            assertThat(fuzzer.findings()).isEmpty();
            assertThat(fuzzer.statuses().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(REQUESTS);
            // The requests are nearly right: a good part of them gets through to the operations.
            assertThat(fuzzer.statuses().get(200)).isGreaterThan(REQUESTS / 5);
            // And the connections are kept, apart from those that the server has to give up.
            assertThat(fuzzer.connections()).isLessThan(REQUESTS / 4);
        }
    }

    private static Reply look(Request request) {
        Select select = Select.of(request, Set.of("id", "state", "url", "stats"));
        boolean stats = Expand.stats(request, select);
        request.parameter("$filter").ifPresent(filter -> Filter.parse(filter, PROPERTIES, FilterWords.of("tasks")));
        Page.Slice<String> slice = Page.of(request).cut(List.of("a", "b").stream(), Function.identity());
        if (request.path().contains("evaluateautoscale")) {
            Formula.parse(request.body());
        }
        return Reply.json(
                200,
                Map.of(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("stats", stats)
                        .put("next", slice.nextLink().orElse("")));
    }
}
