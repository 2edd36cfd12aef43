package io.twinbatch.local.emulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.record.NodeUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User accounts, ports and logs of nodes. */
class NodeAccessTest extends ServiceTest {
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKeyThatNobodyHas me@here";

    private JsonNode idleNodes(String pool, int number) throws InterruptedException {
        JsonNode list = rig.await("/pools/" + pool + "/nodes", nodes -> {
            int idle = 0;
            for (JsonNode node : nodes.get("value")) {
                idle += node.get("state").textValue().equals("idle") ? 1 : 0;
            }
            return idle == number;
        });
        return list.get("value");
    }

    private String onlyNode() throws InterruptedException {
        rig.withPool(1);
        return "/pools/p/nodes/" + idleNodes("p", 1).get(0).get("id").textValue();
    }

    private List<NodeUser> users(String node) {
        NodeId id = new NodeId(node.substring(node.lastIndexOf('/') + 1));
        return rig.engine().view().nodeRecords(new PoolId("p")).stream()
                .filter(record -> record.id().equals(id))
                .findFirst()
                .orElseThrow()
                .access()
                .users();
    }

    @Test
    void aUserIsAddedChangedAndDeleted() throws Exception {
        String node = onlyNode();
        Instant before = Instant.now();
        rig.post(201, node + "/users", "{'name':'anna','isAdmin':true,'sshPublicKey':'" + KEY + "'}");
        NodeUser added = users(node).get(0);
        assertThat(added.name()).isEqualTo("anna");
        assertThat(added.admin()).isTrue();
        assertThat(Duration.between(before, added.expires()))
                .as("a day from now")
                .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(5));
        rig.refused(409, "NodeUserExists", "POST", node + "/users", "{'name':'anna','password':'Pass-w0rd'}");
        rig.call(
                200, "PUT", node + "/users/anna", Map.of(), "{'password':'other','expiryTime':'2099-01-01T00:00:00Z'}");
        assertThat(users(node)).containsExactly(new NodeUser("anna", true, Instant.parse("2099-01-01T00:00:00Z")));
        rig.refused(404, "NodeUserNotFound", "PUT", node + "/users/berta", "{'password':'x'}");
        rig.refused(404, "NodeUserNotFound", "DELETE", node + "/users/berta", "");
        rig.call(200, "DELETE", node + "/users/anna", Map.of(), "");
        assertThat(users(node)).isEmpty();
        rig.refused(404, "NodeNotFound", "POST", "/pools/p/nodes/none/users", "{'name':'a','password':'x'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'password':'x'} | MissingRequiredProperty",
                "{'name':'anna'} | MissingRequiredProperty",
                "{'name':' ','password':'x'} | InvalidPropertyValue",
                "{'name':'anna','sshPublicKey':'no key'} | InvalidPropertyValue",
                "{'name':'anna','password':'x','expiryTime':'tomorrow'} | InvalidRequestBody",
                "{'name':'anna','password':'x','uid':7} | InvalidRequestBody"
            })
    void aUserNeedsANameAndAPasswordOrKey(String body, String code) throws Exception {
        rig.refused(400, code, "POST", onlyNode() + "/users", body.replace("''", "'"));
    }

    @Test
    void usersOutliveTheEngineAndARebootButNotAReimage() throws Exception {
        String node = onlyNode();
        rig.post(201, node + "/users", "{'name':'anna','password':'Secret-4711','sshPublicKey':'" + KEY + "'}");
        rig.close();
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("Secret-4711", "KeyThatNobodyHas");
            }
        }
        open();
        assertThat(users(node)).hasSize(1);
        rig.post(202, node + "/reboot", "");
        rig.awaitState(node, "idle");
        assertThat(users(node)).hasSize(1);
        rig.post(202, node + "/reimage", "");
        rig.awaitState(node, "idle");
        assertThat(users(node)).isEmpty();
    }

    @Test
    void aNodeThatIsNotReadyTakesNoUsers() throws Exception {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool("p", "'targetDedicatedNodes':1,'startTask':{'commandLine':'/bin/false'}"));
        JsonNode list = rig.await(
                "/pools/p/nodes",
                nodes -> nodes.get("value").get(0).get("state").textValue().equals("starttaskfailed"));
        String node = "/pools/p/nodes/" + list.get("value").get(0).get("id").textValue();
        rig.refused(409, "NodeNotReady", "POST", node + "/users", "{'name':'anna','password':'x'}");
    }

    @Test
    void eachNodeHasPortsOfItsOwnThatAreGivenAgain() throws Exception {
        rig.post(201, "/pools", ServiceRig.pool("p", "'targetDedicatedNodes':2,'networkConfiguration':" + NAT));
        JsonNode nodes = idleNodes("p", 2);
        Set<Integer> ports = new HashSet<>();
        nodes.forEach(node -> ports.add(frontendPort(node, 1)));
        assertThat(ports).containsExactlyInAnyOrder(61_000, 61_001);
        JsonNode web = nodes.get(1).at("/endpointConfiguration/inboundEndpoints/1");
        assertThat(web.get("name").textValue()).startsWith("web.");
        assertThat(web.get("protocol").textValue()).isEqualTo("udp");
        assertThat(web.get("backendPort").intValue()).isEqualTo(8080);
        assertThat(web.get("publicIPAddress").textValue()).isEqualTo("127.0.0.1");
        String gone = nodes.get(0).get("id").textValue();
        int freed = frontendPort(nodes.get(0), 1);
        rig.post(202, "/pools/p/removenodes", "{'nodeList':['" + gone + "']}");
        rig.await("/pools/p", pool -> pool.get("allocationState").textValue().equals("steady"));
        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':2}");
        Map<String, Integer> now = new TreeMap<>();
        idleNodes("p", 2).forEach(node -> now.put(node.get("id").textValue(), frontendPort(node, 1)));
        assertThat(now).doesNotContainKey(gone).containsValue(freed);
        assertThat(new HashSet<>(now.values())).hasSize(2);
    }

    private static final String NAT = "{'endpointConfiguration':{'inboundNATPools':["
            + "{'name':'ssh','protocol':'tcp','backendPort':22,'frontendPortRangeStart':60000,'frontendPortRangeEnd':60099},"
            + "{'name':'web','protocol':'udp','backendPort':8080,'frontendPortRangeStart':61000,'frontendPortRangeEnd':61099}"
            + "]}}";

    private static int frontendPort(JsonNode node, int endpoint) {
        return node.at("/endpointConfiguration/inboundEndpoints/" + endpoint + "/frontendPort")
                .intValue();
    }

    @Test
    void remoteLoginIsAtThePortThatThePoolOrTheServiceMaps() throws Exception {
        String node = onlyNode();
        JsonNode settings = rig.get(node + "/remoteloginsettings");
        assertThat(settings.get("remoteLoginIPAddress").textValue()).isEqualTo("127.0.0.1");
        assertThat(settings.get("remoteLoginPort").intValue()).isEqualTo(50_000);
        assertThat(rig.get(node).at("/endpointConfiguration/inboundEndpoints")).isEmpty();
        rig.post(201, "/pools", ServiceRig.pool("q", "'targetDedicatedNodes':1,'networkConfiguration':" + NAT));
        String mapped = "/pools/q/nodes/" + idleNodes("q", 1).get(0).get("id").textValue();
        assertThat(rig.get(mapped + "/remoteloginsettings")
                        .get("remoteLoginPort")
                        .intValue())
                .isEqualTo(60_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 3389})
    void olderVersionsKeepThePortsOfRemoteLoginForThemselves(int port) {
        String pool = ServiceRig.pool("old", "'networkConfiguration':" + NAT.replace("22", Integer.toString(port)));
        rig.refused(400, "InvalidPropertyValue", "POST", "/pools?api-version=2024-02-01.19.0", pool);
        rig.post(201, "/pools?api-version=2024-07-01.20.0", pool);
        rig.refused(
                400,
                "InvalidPropertyValue",
                "POST",
                "/pools",
                ServiceRig.pool("q", "'networkConfiguration':" + NAT.replace("22", "29876")));
    }

    private static String accounts(String more) {
        return "'userAccounts':[{'name':'anna','password':'Secret-4711'" + more + "}]";
    }

    @Test
    void accountsOfAPoolAreCompletedAndTheirSecretsAreNotShown() {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool("p", accounts(",'linuxUserConfiguration':{'uid':7,'gid':8,'sshPrivateKey':'k'}")));
        assertThat(rig.get("/pools/p").get("userAccounts").toString())
                .isEqualTo("[{\"name\":\"anna\",\"linuxUserConfiguration\":{\"uid\":7,\"gid\":8},"
                        + "\"elevationLevel\":\"nonadmin\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",'windowsUserConfiguration':{'loginMode':'batch'}",
                ",'linuxUserConfiguration':{'uid':7}",
                ",'elevationLevel':'root'"
            })
    void accountsOfALinuxPoolAreChecked(String more) {
        rig.refused(400, "InvalidPropertyValue", "POST", "/pools", ServiceRig.pool("p", accounts(more)));
    }

    @Test
    void anAccountHasANameOfTwentyCharactersAndAPassword() {
        String longer = accounts("").replace("anna", "a".repeat(21));
        rig.refused(400, "InvalidPropertyValue", "POST", "/pools", ServiceRig.pool("p", longer));
        rig.refused(
                400,
                "MissingRequiredProperty",
                "POST",
                "/pools",
                ServiceRig.pool("p", "'userAccounts':[{'name':'anna'}]"));
        rig.post(201, "/pools", ServiceRig.pool("p", accounts("").replace("anna", "a".repeat(20))));
    }

    @Test
    void accountsOfAWindowsPoolAndItsNodesFollowItsRules() throws Exception {
        String windows = ServiceRig.pool(
                        "p",
                        "'targetDedicatedNodes':1,"
                                + accounts(",'windowsUserConfiguration':{},'linuxUserConfiguration':{'uid':7,'gid':7}"))
                .replace("'publisher':'canonical'", "'publisher':'microsoftwindowsserver'")
                .replace("'ubuntu-24_04-lts'", "'windowsserver'")
                .replace("'server'", "'2022-datacenter'")
                .replace("batch.node.ubuntu 24.04", "batch.node.windows amd64");
        rig.post(201, "/pools", windows);
        assertThat(rig.get("/pools/p")
                        .at("/userAccounts/0/windowsUserConfiguration/loginMode")
                        .textValue())
                .isEqualTo("batch");
        String node = "/pools/p/nodes/" + idleNodes("p", 1).get(0).get("id").textValue();
        String user = "{'name':'anna','password':'x','sshPublicKey':'" + KEY + "'}";
        ServiceFault fault = rig.refused(400, "InvalidPropertyValue", "POST", node + "/users", user);
        assertThat(fault.values().toString()).doesNotContain("AAAA");
    }

    @Test
    void logsOfANodeAreUploadedForTheAskedTime() throws Exception {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool(
                        "p", "'targetDedicatedNodes':1,'startTask':{'commandLine':'/bin/sh -c \\\"echo begun\\\"'}"));
        String id = idleNodes("p", 1).get(0).get("id").textValue();
        rig.withJobAlone("").addTask("t", "exit 3", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        try (Container container = new Container()) {
            String logs = "/pools/p/nodes/" + id + "/uploadbatchservicelogs";
            JsonNode answer = ServiceRig.json(rig.post(
                    200, logs, "{'containerUrl':'" + container.url() + "','startTime':'2020-01-01T00:00:00Z'}"));
            String directory = answer.get("virtualDirectoryName").textValue();
            assertThat(directory).startsWith("p/" + id + "/");
            assertThat(answer.get("numberOfFilesUploaded").intValue()).isEqualTo(3);
            assertThat(container.objects).hasSize(3);
            assertThat(container.objects.get("/logs/" + directory + "/agent-debug.log"))
                    .contains("node " + id + " of pool p: allocated", "start task: ended, exit code 0")
                    .contains("task j/t: ended, exit code 3\n");
            assertThat(container.objects.get("/logs/" + directory + "/startup/stdout.txt"))
                    .isEqualTo("begun\n");
            container.objects.clear();
            rig.post(
                    200,
                    logs,
                    "{'containerUrl':'" + container.url()
                            + "','startTime':'2020-01-01T00:00:00Z','endTime':'2020-01-02T00:00:00Z'}");
            assertThat(container.objects).hasSize(1).containsValue("");
        }
    }

    @Test
    void aContainerThatTakesNoLogsIsRefused() throws Exception {
        String logs = onlyNode() + "/uploadbatchservicelogs";
        try (Container container = new Container()) {
            container.status = 403;
            ServiceFault fault = rig.refused(
                    400,
                    "InvalidPropertyValue",
                    "POST",
                    logs,
                    "{'containerUrl':'" + container.url() + "','startTime':'2020-01-01T00:00:00Z'}");
            assertThat(fault.values()).containsEntry("PropertyName", "containerUrl");
            assertThat(fault.values().get("Reason")).contains("403").doesNotContain("sig=");
            rig.refused(
                    400,
                    "InvalidPropertyValue",
                    "POST",
                    logs,
                    "{'containerUrl':'" + container.url()
                            + "','startTime':'2020-01-02T00:00:00Z','endTime':'2020-01-01T00:00:00Z'}");
        }
        rig.refused(400, "MissingRequiredProperty", "POST", logs, "{'containerUrl':'http://127.0.0.1:9/c'}");
    }

    /** Takes objects, or refuses them. */
    private static final class Container implements AutoCloseable {
        private final Map<String, String> objects = new ConcurrentSkipListMap<>();
        private final HttpServer server;
        private volatile int status = 201;

        Container() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (status == 201 && "BlockBlob".equals(exchange.getRequestHeaders().getFirst("x-ms-blob-type"))) {
                objects.put(exchange.getRequestURI().getPath(), content);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/logs?sp=w&sig=abc";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
