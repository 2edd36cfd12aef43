package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests made of right and wrong parts at random: none is answered as if the service were at fault. */
class MalformedRequestsTest {
    private static final int THREADS = 8;
    private static final int REQUESTS_PER_THREAD = 1500;

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final List<String> IDS =
            List.of("no", "a b", "s:job-1", "\u00e4\0", "x".repeat(65), "", "..", "P", "J");

    /** Operations, with ids that are there most of the time, and the number of the body that fits; -1 for none. */
    private static final List<String> OPERATIONS = List.of(
            "GET /supportedimages -1",
            "GET /nodecounts -1",
            "POST /pools 0",
            "POST /pools 1",
            "GET /pools -1",
            "GET /pools/p -1",
            "HEAD /pools/p -1",
            "PATCH /pools/p 0",
            "DELETE /pools/q -1",
            "POST /pools/p/resize 2",
            "POST /pools/p/removenodes 3",
            "POST /pools/p/updateproperties 4",
            "POST /pools/q/enableautoscale 5",
            "POST /pools/q/disableautoscale -1",
            "POST /pools/q/evaluateautoscale 15",
            "GET /pools/p/nodes -1",
            "GET /pools/p/nodes/tvm-1-d -1",
            "POST /pools/p/nodes/tvm-1-d/reboot -1",
            "POST /pools/p/nodes/tvm-1-d/disablescheduling -1",
            "POST /pools/p/nodes/tvm-1-d/enablescheduling -1",
            "GET /pools/p/nodes/tvm-1-d/files -1",
            "HEAD /pools/p/nodes/tvm-1-d/files/startup -1",
            "POST /jobs 6",
            "POST /jobs 7",
            "GET /jobs -1",
            "GET /jobs/j -1",
            "PATCH /jobs/j 8",
            "PUT /jobs/j 16",
            "DELETE /jobs/j -1",
            "POST /jobs/j/disable 9",
            "POST /jobs/j/enable -1",
            "POST /jobs/k/terminate 10",
            "DELETE /jobs/k -1",
            "GET /jobs/j/taskcounts -1",
            "GET /jobs/j/jobpreparationandreleasetaskstatus -1",
            "POST /jobs/j/tasks 11",
            "POST /jobs/j/addtaskcollection 12",
            "GET /jobs/j/tasks -1",
            "GET /jobs/j/tasks/t2 -1",
            "PUT /jobs/j/tasks/t1 14",
            "DELETE /jobs/j/tasks/t2 -1",
            "POST /jobs/j/tasks/t3/terminate -1",
            "POST /jobs/j/tasks/t3/reactivate -1",
            "GET /jobs/j/tasks/t3/subtasksinfo -1",
            "GET /jobs/j/tasks/t3/files -1",
            "GET /jobs/j/tasks/t3/files/stdout.txt -1",
            "DELETE /jobs/j/tasks/t3/files/wd -1",
            "POST /jobschedules 13",
            "GET /jobschedules -1",
            "GET /jobschedules/s -1",
            "PUT /jobschedules/s 17",
            "POST /jobschedules/s/disable -1",
            "POST /jobschedules/s/enable -1",
            "POST /jobschedules/s/terminate -1",
            "DELETE /jobschedules/s -1",
            "GET /jobschedules/s/jobs -1");

    private static final List<String> BODIES = List.of(
            ServiceRig.pool("p", "'targetDedicatedNodes':1,'startTask':{'commandLine':'/bin/true'}"),
            ServiceRig.pool("q", "'enableAutoScale':true,'autoScaleFormula':'$TargetDedicatedNodes=1'"),
            "{'targetDedicatedNodes':1,'nodeDeallocationOption':'requeue'}",
            "{'nodeList':['tvm-1-d']}",
            "{'certificateReferences':[],'applicationPackageReferences':[],'metadata':[]}",
            "{'autoScaleFormula':'$x=1;','autoScaleEvaluationInterval':'PT5M'}",
            "{'id':'j','usesTaskDependencies':true,'poolInfo':{'poolId':'p'},'constraints':{'maxWallClockTime':'PT1H'},"
                    + "'jobPreparationTask':{'commandLine':'/bin/true'},'jobReleaseTask':{'commandLine':'/bin/true'}}",
            "{'id':'k','poolInfo':{'autoPoolSpecification':{'poolLifetimeOption':'job','pool':{'vmSize':'standard_d2s_v5',"
                    + ServiceRig.MACHINE + "}}}}",
            "{'priority':1,'metadata':[{'name':'a','value':'b'}]}",
            "{'disableTasks':'requeue'}",
            "{'terminateReason':'x'}",
            ServiceRig.task(
                    "t1",
                    "true",
                    "'dependsOn':{'taskIds':['t9'],'taskIdRanges':[{'start':1,'end':2147483647}]},"
                            + "'constraints':{'retentionTime':'P10675199DT2H48M5.4775807S'}"),
            "{'value':[" + ServiceRig.task("t2", "true", "") + "," + ServiceRig.task("t3", "false", "") + "]}",
            "{'id':'s','schedule':{'recurrenceInterval':'PT1M'},'jobSpecification':{'poolInfo':{'poolId':'p'}}}",
            "{'constraints':{'maxTaskRetryCount':1}}",
            "{'autoScaleFormula':'$x=1;'}",
            "{'poolInfo':{'poolId':'p'},'priority':3}",
            "{'schedule':{'recurrenceInterval':'PT2M'},'jobSpecification':{'poolInfo':{'poolId':'p'}}}");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "2147483648",
            "1e400",
            "1.5",
            "''",
            "'x'",
            "'PT0S'",
            "'P999999999999D'",
            "'\u0000'",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{'a':1}",
            "'" + "y".repeat(3000) + "'");
    private static final List<String> QUERIES = List.of(
            "",
            "?$filter=state eq 'active'",
            "?$filter=((",
            "?$select=id",
            "?$select=,",
            "?$expand=stats",
            "?$expand=x",
            "?maxresults=1",
            "?maxresults=-1",
            "?$skiptoken=zzz",
            "?recursive=maybe",
            "?recursive=true");
    private static final List<Map<String, String>> HEADERS = List.of(
            Map.of(),
            Map.of("if-match", "*"),
            Map.of("if-match", "0x1"),
            Map.of("if-none-match", "\"\""),
            Map.of("if-modified-since", "never"),
            Map.of("ocp-range", "bytes=0-"),
            Map.of("ocp-range", "bytes=9999999999999999999-"));

    /** How often each operation was carried out. */
    private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private static <T> T any(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String url(Random random, String path) {
        String[] parts = path.split("/", -1);
        if (random.nextInt(8) == 0) {
            parts[random.nextInt(parts.length - 1) + 1] =
                    any(random, IDS).replace(" ", "%20").replace("\0", "%00").replace("\u00e4", "%C3%A4");
        }
        String query = random.nextInt(3) == 0 ? any(random, QUERIES) : "";
        return String.join("/", parts) + query;
    }

    /** A body, as often as not as it should be, else with a value of it replaced, or a part of its text cut out. */
    private static String body(Random random, int number) {
        if (number < 0) {
            return random.nextInt(8) == 0 ? any(random, BODIES) : "";
        }
        String body = random.nextInt(8) == 0 ? any(random, BODIES) : BODIES.get(number);
        int choice = random.nextInt(8);
        if (choice == 0) {
            return "";
        }
        if (choice == 1) {
            int from = random.nextInt(body.length());
            return body.substring(0, from) + body.substring(from + random.nextInt(body.length() - from));
        }
        if (choice <= 3) {
            List<Integer> colons = new ArrayList<>();
            for (int i = body.indexOf(':'); i >= 0; i = body.indexOf(':', i + 1)) {
                colons.add(i);
            }
            int colon = any(random, colons);
            int end = colon + 1;
            while (end < body.length() && ",}]".indexOf(body.charAt(end)) < 0) {
                end++;
            }
            return body.substring(0, colon + 1) + any(random, VALUES) + body.substring(end);
        }
        return body;
    }

    private void request(ServiceRig rig, Random random) {
        String[] operation = any(random, OPERATIONS).split(" ", -1);
        String method = random.nextInt(12) == 0 ? any(random, METHODS) : operation[0];
        String url = url(random, operation[1]);
        Map<String, String> headers = random.nextInt(3) == 0 ? any(random, HEADERS) : Map.of();
        String body = body(random, Integer.parseInt(operation[2]));
        String what = method + " " + url + " " + headers + " " + body;
        try {
            Reply reply = rig.call(method, url, headers, body);
            assertThat(reply.status()).as(what).isBetween(200, 304);
            taken.computeIfAbsent(operation[0] + " " + operation[1], any -> new AtomicInteger())
                    .incrementAndGet();
            if (reply.body() instanceof Reply.Json) {
                assertThat(ServiceRig.json(reply).isObject()).as(what).isTrue();
            }
        } catch (ServiceFault fault) {
            assertThat(fault.status()).as(what + ": " + fault).isBetween(400, 499);
            assertThat(fault.code()).as(what).isNotEmpty();
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void noRequestIsAnsweredAsIfTheServiceWereAtFault() throws Exception {
        try (ServiceRig rig = new ServiceRig(folder.resolve("state"))) {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
                        request(rig, random);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get(120, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(OPERATIONS.stream()
                            .map(operation -> operation.substring(0, operation.lastIndexOf(' ')))
                            .filter(operation -> !taken.containsKey(operation)))
                    .as("operations that were never carried out: the requests are too wrong to prove anything")
                    .hasSizeLessThan(4);
            rig.post(201, "/pools", ServiceRig.pool("afterwards", "'targetDedicatedNodes':1"));
            rig.post(201, "/jobs", "{'id':'afterwards','poolInfo':{'poolId':'afterwards'}}");
            rig.post(201, "/jobs/afterwards/tasks", ServiceRig.task("t", "true", ""));
            rig.awaitState("/jobs/afterwards/tasks/t", "completed");
        }
        // What was kept can be read again.
        try (ServiceRig rig = new ServiceRig(folder.resolve("state"))) {
            assertThat(rig.get("/jobs/afterwards/tasks/t").get("state").textValue())
                    .isEqualTo("completed");
        }
    }
}
