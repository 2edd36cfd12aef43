package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.emulator.http.ErrorResponse;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.EngineSettings;
import io.twinbatch.local.store.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The operations over an engine on a folder of its own, without HTTP. Texts of JSON are written with single quotes. Each
 * answer is checked against the types that the service publishes.
 */
public final class ServiceRig implements AutoCloseable {
    public static final String BASE = "http://127.0.0.1:10100";
    public static final String MACHINE = "'virtualMachineConfiguration':{'imageReference':{'publisher':'canonical',"
            + "'offer':'ubuntu-24_04-lts','sku':'server','version':'latest'},"
            + "'nodeAgentSKUId':'batch.node.ubuntu 24.04'}";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PublishedTypes TYPES = PublishedTypes.load();

    private final StateFolder folder;
    private final Engine engine;
    private final BatchOperations operations;

    public ServiceRig(Path path) {
        this(path, ApplicationPackages.NONE);
    }

    public ServiceRig(Path path, ApplicationPackages applications) {
        this(path, EngineSettings.DEFAULT.with(applications), Clock.systemUTC(), Clock.systemUTC());
    }

    /** With operations that are called at another time than that of the engine. */
    public ServiceRig(Path path, Clock clock) {
        this(path, EngineSettings.DEFAULT, Clock.systemUTC(), clock);
    }

    /** With an engine of its own time, which is also that of the operations. */
    public ServiceRig(Path path, EngineSettings settings, Clock clock) {
        this(path, settings, clock, clock);
    }

    private ServiceRig(Path path, EngineSettings settings, Clock engineClock, Clock clock) {
        folder = StateFolder.take(path);
        try {
            engine = Engine.open(folder, System.getenv(), settings, engineClock);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        operations = new BatchOperations(engine, clock);
    }

    List<Routes.Endpoint> endpoints() {
        return operations.routes().endpoints();
    }

    public Engine engine() {
        return engine;
    }

    /** A pool with nodes of two slots, and a job on it. */
    public ServiceRig withJob(int nodes, String jobProperties) {
        return withPool(nodes).withJobAlone(jobProperties);
    }

    public ServiceRig withPool(int nodes) {
        post(201, "/pools", pool("p", "'taskSlotsPerNode':2,'targetDedicatedNodes':" + nodes));
        return this;
    }

    public ServiceRig withJobAlone(String jobProperties) {
        String more = jobProperties.isEmpty() ? "" : "," + jobProperties;
        post(201, "/jobs", "{'id':'j','poolInfo':{'poolId':'p'}" + more + "}");
        return this;
    }

    public static String pool(String id, String properties) {
        return "{'id':'" + id + "','vmSize':'STANDARD_D2s_v5'," + MACHINE + (properties.isEmpty() ? "" : ",")
                + properties + "}";
    }

    public static String task(String id, String script, String properties) {
        return "{'id':'" + id + "','commandLine':'/bin/sh -c \\\"" + script + "\\\"'"
                + (properties.isEmpty() ? "" : ",") + properties + "}";
    }

    public ServiceRig addTask(String id, String script, String properties) {
        post(201, "/jobs/j/tasks", task(id, script, properties));
        return this;
    }

    public Reply call(String method, String url, Map<String, String> headers, String body) {
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        Map<String, String> query = new HashMap<>();
        query.put("api-version", "2024-07-01.20.0");
        if (question >= 0) {
            for (String pair : url.substring(question + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(decode(parts[0]), decode(parts[1]));
            }
        }
        List<String> parts = Arrays.stream(path.substring(1).split("/", -1))
                .map(ServiceRig::decode)
                .toList();
        Request request = new Request("request", method, parts, query, headers, body.replace('\'', '"'), BASE);
        return checked(request, operations.handle(request));
    }

    private Reply checked(Request request, Reply reply) {
        if (reply.body() instanceof Reply.Json) {
            TYPES.requireAnswer(operations.routes().find(request).endpoint(), request.query(), json(reply));
        }
        return reply;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public Reply call(int status, String method, String url, Map<String, String> headers, String body) {
        Reply reply = call(method, url, headers, body);
        assertThat(reply.status()).as(method + " " + url).isEqualTo(status);
        return reply;
    }

    public Reply post(int status, String url, String body) {
        return call(status, "POST", url, Map.of(), body);
    }

    public JsonNode get(String url) {
        return json(call(200, "GET", url, Map.of(), ""));
    }

    public static JsonNode json(Reply reply) {
        JsonNode written = ((Reply.Json) reply.body()).content();
        try {
            // As a client sees it.
            return JSON.readTree(JSON.writeValueAsString(written));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Reply reply) {
        try (InputStream stream = ((Reply.Bytes) reply.body()).source().open()) {
            long length = ((Reply.Bytes) reply.body()).length();
            return new String(stream.readNBytes((int) length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceFault refused(String method, String url, Map<String, String> headers, String body) {
        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> call(method, url, headers, body));
        assertThat(fault).as(method + " " + url + " " + body).isNotNull();
        TYPES.requireRefusal(ErrorResponse.part(fault, "request", Instant.EPOCH));
        return fault;
    }

    public ServiceFault refused(int status, String code, String method, String url, String body) {
        ServiceFault fault = refused(method, url, Map.of(), body);
        assertThat(fault.status() + " " + fault.code())
                .as(method + " " + url + " " + body)
                .isEqualTo(status + " " + code);
        return fault;
    }

    public JsonNode await(String url, Predicate<JsonNode> condition) throws InterruptedException {
        return new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(
                        url,
                        Deadline.after(Clock.systemUTC(), LIMIT),
                        () -> Optional.of(get(url)).filter(condition));
    }

    public JsonNode awaitState(String url, String state) throws InterruptedException {
        return await(url, document -> document.get("state").textValue().equals(state));
    }

    public void awaitGone(String url) throws InterruptedException {
        boolean unused = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(url, Deadline.after(Clock.systemUTC(), LIMIT), () -> {
                    try {
                        Reply present = call("GET", url, Map.of(), "");
                        return present.status() == 404 ? Optional.of(true) : Optional.empty();
                    } catch (ServiceFault fault) {
                        assertThat(fault.status()).isEqualTo(404);
                        return Optional.of(true);
                    }
                });
    }

    @Override
    public void close() {
        engine.close();
        folder.close();
    }
}
