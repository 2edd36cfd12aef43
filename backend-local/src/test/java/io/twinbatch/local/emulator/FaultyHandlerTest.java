package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.faults.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyHandlerTest {
    private final List<String> handled = new ArrayList<>();
    private final List<Duration> slept = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void aThrottledRequestHasNoEffectAndSaysWhenToComeAgain() throws IOException {
        FaultyHandler handler = handler("""
                {"faults": [{"fault": "throttle", "operation": "POST /jobs", "retryAfterSeconds": 1.2, "times": 1},
                            {"fault": "throttle", "operation": "POST /jobs", "times": 1}]}""");

        ServiceFault first = refusal(handler);
        ServiceFault second = refusal(handler);

        assertThat(first.status()).isEqualTo(429);
        assertThat(first.headers()).containsEntry("Retry-After", "2");
        assertThat(second.headers()).isEmpty();
        assertThat(handled).isEmpty();
        assertThat(handler.handle(post()).status()).isEqualTo(201);
    }

    @Test
    void aLostAnswerIsThatOfARequestThatHasHadItsEffect() throws IOException {
        FaultyHandler handler = handler("{\"faults\": [{\"fault\": \"loseAnswer\", \"times\": 1}]}");

        assertThat(handler.handle(post()).body()).isInstanceOf(Reply.Lost.class);
        assertThat(handled).containsExactly("jobs");
        assertThat(handler.handle(post()).body()).isInstanceOf(Reply.None.class);
    }

    @Test
    void aSlowAnswerComesAfterTheEffect() throws IOException {
        FaultyHandler handler = handler("{\"faults\": [{\"fault\": \"slowAnswer\", \"delaySeconds\": 5}]}");

        assertThat(handler.handle(post()).status()).isEqualTo(201);
        assertThat(slept).containsExactly(Duration.ofSeconds(5));
    }

    private static ServiceFault refusal(FaultyHandler handler) {
        return catchThrowableOfType(ServiceFault.class, () -> handler.handle(post()));
    }

    private static Request post() {
        return new Request("id", "POST", List.of("jobs"), Map.of(), Map.of(), "", "http://localhost");
    }

    private FaultyHandler handler(String rules) throws IOException {
        Faults faults = Faults.read(Files.writeString(folder.resolve("faults.json"), rules));
        return new FaultyHandler(
                request -> {
                    handled.add(request.path().get(0));
                    return Reply.empty(201, Map.of());
                },
                faults,
                slept::add);
    }
}
