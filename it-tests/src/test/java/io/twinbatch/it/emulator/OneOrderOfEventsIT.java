package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.BatchOperations;
import io.twinbatch.local.emulator.Emulator;
import io.twinbatch.local.emulator.EmulatorConfig;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever several clients do at once, what they are told agrees with one order of events. */
@Timeout(120)
class OneOrderOfEventsIT {
    private static final int CLIENTS = 8;
    private static final int ACTIONS = 120;
    private static final List<String> TASKS = List.of("a", "b", "c", "d");
    private static final int INCREMENTS = 20;
    private static final String POOL = "{'id':'p','vmSize':'standard_d2s_v5','virtualMachineConfiguration':{"
            + "'imageReference':{'publisher':'canonical','offer':'ubuntu-24_04-lts','sku':'server','version':'latest'},"
            + "'nodeAgentSKUId':'batch.node.ubuntu 24.04'},'targetDedicatedNodes':1,'taskSlotsPerNode':2}";

    private final SharedKeySigner signer =
            new SharedKeySigner(EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY);

    @TempDir
    private Path path;

    private StateFolder folder;
    private Engine engine;
    private Emulator emulator;

    @BeforeEach
    void start() throws Exception {
        folder = StateFolder.take(path);
        engine = Engine.open(folder, System.getenv(), Clock.systemUTC());
        emulator = Emulator.open(EmulatorConfig.onPort(0), new BatchOperations(engine, Clock.systemUTC()));
        try (SignedClient client = client()) {
            assertThat(client.send("POST", "/pools", POOL, "").status()).isEqualTo(201);
            assertThat(client.send("POST", "/jobs", "{'id':'j','priority':0,'poolInfo':{'poolId':'p'}}", "")
                            .status())
                    .isEqualTo(201);
        }
    }

    @AfterEach
    void stop() {
        emulator.close();
        engine.close();
        folder.close();
    }

    private SignedClient client() {
        return new SignedClient(emulator.endpoint(), signer);
    }

    @Test
    void tasksAreAddedChangedListedTerminatedAndDeletedInOneOrder() throws Exception {
        Map<String, List<TaskHistory.Event>> histories = new HashMap<>();
        TASKS.forEach(task -> histories.put(task, new ArrayList<>()));
        for (Map<String, List<TaskHistory.Event>> one : atOnce(number -> () -> new Contender(number).act())) {
            one.forEach((task, events) -> histories.get(task).addAll(events));
        }

        histories.forEach((task, events) -> {
            assertThat(new TaskHistory(events).contradiction())
                    .as("task " + task)
                    .isEmpty();
            // Something was contended for, otherwise an order is found easily.
            assertThat(events).anyMatch(event -> event.action().equals("add") && event.status() == 409);
            assertThat(events).anyMatch(event -> event.action().equals("update") && event.status() == 412);
            assertThat(events).anyMatch(event -> event.action().equals("terminate") && event.status() == 204);
            assertThat(events).anyMatch(event -> event.action().equals("delete") && event.status() == 200);
        });
    }

    @Test
    void noChangeIsLostThatWasMadeToTheVersionThatWasSeen() throws Exception {
        List<Integer> refused = atOnce(number -> this::increment);

        // They did get in each other's way.
        assertThat(refused).anyMatch(count -> count > 0);
        try (SignedClient client = client()) {
            assertThat(client.send("GET", "/jobs/j", "", "")
                            .body()
                            .get("priority")
                            .intValue())
                    .isEqualTo(CLIENTS * INCREMENTS);
        }
    }

    private int increment() throws Exception {
        int refused = 0;
        try (SignedClient client = client()) {
            for (int done = 0; done < INCREMENTS; ) {
                SignedClient.Answer job = client.send("GET", "/jobs/j", "", "");
                int next = job.body().get("priority").intValue() + 1;
                int status = client.send("PATCH", "/jobs/j", "{'priority':" + next + "}", job.etag())
                        .status();
                assertThat(status).isIn(200, 412);
                done += status == 200 ? 1 : 0;
                refused += status == 412 ? 1 : 0;
            }
        }
        return refused;
    }

    private static <T> List<T> atOnce(IntFunction<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<T>> started = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> threads.submit(work.apply(number)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : started) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** A client that does one thing after another to any of the tasks, and writes down what it is told. */
    private final class Contender {
        private final int number;
        private final Random random;
        private final SignedClient client = client();
        private final Map<String, List<TaskHistory.Event>> events = new HashMap<>();
        private final Map<String, String> lastSeen = new HashMap<>();

        Contender(int number) {
            this.number = number;
            this.random = new Random(number);
            TASKS.forEach(task -> events.put(task, new ArrayList<>()));
        }

        Map<String, List<TaskHistory.Event>> act() throws Exception {
            try (client) {
                actAll();
            }
            return events;
        }

        private void actAll() throws Exception {
            for (int i = 0; i < ACTIONS; i++) {
                String task = TASKS.get(random.nextInt(TASKS.size()));
                String own = "/jobs/j/tasks/" + task;
                switch (random.nextInt(7)) {
                    case 0, 1 ->
                        one(
                                task,
                                "add",
                                "POST",
                                "/jobs/j/tasks",
                                "{'id':'" + task + "','commandLine':'/bin/sleep 600'}");
                    case 2 -> one(task, "get", "GET", own, "");
                    case 3 -> one(task, "update", "PUT", own, "{'constraints':{'maxTaskRetryCount':1}}");
                    case 4 -> one(task, "terminate", "POST", own + "/terminate", "");
                    case 5 -> one(task, "delete", "DELETE", own, "");
                    default -> list();
                }
            }
        }

        private void one(String task, String action, String method, String url, String body) throws Exception {
            String condition = action.equals("update") ? lastSeen.getOrDefault(task, "") : "";
            long asked = System.nanoTime();
            SignedClient.Answer answer = client.send(method, url, body, condition);
            long answered = System.nanoTime();
            if (!answer.etag().isEmpty()) {
                lastSeen.put(task, answer.etag());
            }
            String state = answer.body().path("state").asText("");
            events.get(task)
                    .add(new TaskHistory.Event(
                            number, action, condition, answer.status(), answer.etag(), state, asked, answered));
        }

        private void list() throws Exception {
            long asked = System.nanoTime();
            JsonNode tasks = client.send("GET", "/jobs/j/tasks", "", "").body().get("value");
            long answered = System.nanoTime();
            Map<String, JsonNode> listed = new HashMap<>();
            tasks.forEach(task -> listed.put(task.get("id").textValue(), task));
            for (String task : TASKS) {
                JsonNode found = listed.get(task);
                events.get(task)
                        .add(new TaskHistory.Event(
                                number,
                                "list",
                                "",
                                found == null ? 404 : 200,
                                found == null ? "" : found.get("eTag").textValue(),
                                found == null ? "" : found.get("state").textValue(),
                                asked,
                                answered));
            }
        }
    }
}
