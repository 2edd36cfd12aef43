package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinbatch.local.emulator.http.ErrorResponse;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.operation.Routes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends every operation of the emulator's table requests that it refuses, and looks for what was in them. */
@Tag("long")
class RefusedSecretsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARKER = "Zq7Zq7Zq7";
    private static final String LONG = "x".repeat(70_000);
    private static final int MAX_VALUE_CHARACTERS = 80;
    private static final int MAX_REFUSAL_LENGTH = 2_000;

    /** Secrets that are known as such wherever they stand. */
    private static final List<String> SECRETS = List.of(
            "https://account.blob.core.windows.net/in/file?sv=2024&sig=" + MARKER,
            "https://account.blob core.windows.net/in/file?sv=2024&sig=" + MARKER,
            "AccountName=a;AccountKey=" + MARKER + ";EndpointSuffix=core.windows.net",
            "SharedKey account:" + MARKER,
            "password=" + MARKER,
            "{\"password\": \"" + MARKER + "\"}",
            MARKER.repeat(10).substring(0, 86) + "==");

    /** Parts of the names of properties whose values are nobody's business, whatever they are. */
    private static final List<String> SECRET_NAMES = List.of("value", "password", "key", "url", "commandline");

    private static final String WORK = """
            'commandLine':'/bin/true','environmentSettings':[{'name':'A','value':'b'}],\
            'resourceFiles':[{'httpUrl':'http://127.0.0.1:1/f','filePath':'f','fileMode':'0770'},\
            {'storageContainerUrl':'http://127.0.0.1:1/c','blobPrefix':'p','filePath':'d'}],\
            'userIdentity':{'autoUser':{'scope':'pool','elevationLevel':'admin'}}""";

    private static final String JOB = "'poolInfo':{'poolId':'p'},'displayName':'d','onAllTasksComplete':'noaction',"
            + "'onTaskFailure':'noaction','metadata':[{'name':'a','value':'b'}],'constraints':{'maxWallClockTime':'PT1H'},"
            + "'commonEnvironmentSettings':[{'name':'A','value':'b'}],'jobManagerTask':{'id':'m'," + WORK + "},"
            + "'jobPreparationTask':{'id':'a'," + WORK + "},'jobReleaseTask':{'id':'r'," + WORK + "}";

    private static final String TASK = "{'id':'t','displayName':'d'," + WORK + """
            ,'outputFiles':[{'filePattern':'*.txt','destination':{'container':{'containerUrl':'http://127.0.0.1:1/c',\
            'path':'o','uploadHeaders':[{'name':'h','value':'v'}]}},'uploadOptions':{'uploadCondition':'taskfailure'}}],\
            'dependsOn':{'taskIds':['other']},'constraints':{'retentionTime':'P1D','maxWallClockTime':'PT1H'},\
            'exitConditions':{'default':{'jobAction':'none','dependencyAction':'block'}}}""";

    private static final List<String> DOCUMENTS = List.of(
            ServiceRig.pool("q", """
                    'displayName':'d','resizeTimeout':'PT15M','metadata':[{'name':'a','value':'b'}],\
                    'userAccounts':[{'name':'u','password':'w','elevationLevel':'admin',\
                    'linuxUserConfiguration':{'uid':1,'gid':1,'sshPrivateKey':'k'}}],\
                    'mountConfiguration':[{'azureBlobFileSystemConfiguration':{'accountName':'a','containerName':'c',\
                    'accountKey':'k','sasKey':'s','relativeMountPath':'m'}}],'startTask':{""" + WORK + "}"),
            "{'id':'i'," + JOB + "}",
            "{" + JOB + "}",
            TASK,
            "{'value':[" + TASK + "]}",
            "{'id':'s','schedule':{'recurrenceInterval':'P1D','startWindow':'PT1M','doNotRunUntil':'2099-01-01T00:00:00Z'},"
                    + "'jobSpecification':{" + JOB + "}}",
            "{'startTask':{" + WORK + "},'metadata':[{'name':'a','value':'b'}]}",
            "{'nodeList':['n'],'nodeDeallocationOption':'requeue','resizeTimeout':'PT5M'}",
            "{'autoScaleFormula':'$TargetDedicatedNodes=0;','autoScaleEvaluationInterval':'PT5M'}",
            "{'disableTasks':'requeue'}",
            "{'terminateReason':'r'}",
            "{'nodeRebootOption':'requeue'}",
            "{'nodeDisableSchedulingOption':'requeue'}",
            "{'containerUrl':'http://127.0.0.1:1/c','startTime':'2026-01-01T00:00:00Z'}",
            "{'name':'u','password':'w','sshPublicKey':'k'}");

    @TempDir
    private Path folder;

    private ServiceRig rig;
    private int refusals;

    @BeforeEach
    void start() {
        rig = new ServiceRig(folder).withJob(0, "");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /** What a request of this kind is answered with when it is not done; empty when it is. */
    private Optional<String> refusal(Routes.Endpoint endpoint, String path, Map<String, String> headers, String body) {
        try {
            Reply reply = rig.call(endpoint.method(), path, headers, body);
            // Of a collection each task is refused for itself.
            boolean collection = path.contains("addtaskcollection");
            return collection ? Optional.of(ServiceRig.json(reply).toString()) : Optional.empty();
        } catch (ServiceFault fault) {
            refusals++;
            return Optional.of(ErrorResponse.part(fault, "id", Instant.EPOCH).toString());
        }
    }

    /** A path of the kind on which there is something, where the table has a name. */
    private static String path(Routes.Endpoint endpoint) {
        return endpoint.path()
                .replace("/pools/{}", "/pools/p")
                .replace("/jobs/{}", "/jobs/j")
                .replace("{rest}", "wd")
                .replace("{}", "none");
    }

    /** Whether the operation reads the body of a request at all. */
    private boolean readsDocuments(Routes.Endpoint endpoint) {
        return refusal(endpoint, path(endpoint), Map.of(), "{").isPresent();
    }

    /** Whether the operation takes documents that have other properties. */
    private static boolean isOfAnotherKind(String refusal) {
        return refusal.contains("does not exist here");
    }

    private String requireUnspoken(Routes.Endpoint endpoint, String path, Map<String, String> headers, String body) {
        Optional<String> refusal = refusal(endpoint, path, headers, body);
        refusal.ifPresent(text -> assertThat(text)
                .as("%s %s answers %s", endpoint.method(), endpoint.path(), shortened(body + path + headers))
                .doesNotContain(MARKER)
                .doesNotContain("x".repeat(MAX_VALUE_CHARACTERS + 1))
                .doesNotContain("Exception", "java.", "fasterxml")
                .hasSizeLessThan(MAX_REFUSAL_LENGTH));
        return refusal.orElse("");
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    @Test
    void noRefusalOfADocumentRepeatsASecretOrALongValue() throws Exception {
        List<Routes.Endpoint> endpoints = rig.endpoints().stream()
                .filter(endpoint -> List.of("POST", "PUT", "PATCH").contains(endpoint.method()))
                .filter(this::readsDocuments)
                .toList();
        for (String document : DOCUMENTS) {
            List<String> bodies = spoilt(document);
            for (Routes.Endpoint endpoint : endpoints) {
                for (String body : bodies) {
                    if (isOfAnotherKind(requireUnspoken(endpoint, path(endpoint), Map.of(), body))) {
                        break;
                    }
                }
            }
        }
        assertThat(refusals).isGreaterThan(1_000);
    }

    @Test
    void noRefusalOfATextThatIsNoJsonRepeatsIt() {
        List<String> texts = List.of(
                MARKER,
                "{\"id\":" + MARKER + "}",
                "{\"id\":\"a\"} " + MARKER,
                "{\"" + MARKER + "\":1,\"" + MARKER + "\":2}",
                "{\"id\":\"" + MARKER,
                "\"" + MARKER + "\"",
                "[\"" + MARKER + "\"]",
                "{\"id\":\"\\q" + MARKER + "\"}",
                LONG);
        for (Routes.Endpoint endpoint : rig.endpoints()) {
            texts.forEach(text -> requireUnspoken(endpoint, path(endpoint), Map.of(), text));
        }
    }

    @Test
    void noRefusalOfAParameterAHeaderOrAPathRepeatsASecretOrALongValue() {
        List<String> values = new ArrayList<>(SECRETS);
        values.add(LONG);
        values.add("id eq '" + LONG + "' and");
        values.add("startswith(" + LONG + ",'a')");
        values.add("id eq " + LONG);
        for (Routes.Endpoint endpoint : rig.endpoints()) {
            for (String value : values) {
                String encoded =
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
                for (String parameter :
                        List.of("$filter", "$select", "$expand", "$skiptoken", "maxresults", "timeout", "recursive")) {
                    requireUnspoken(endpoint, path(endpoint) + "?" + parameter + "=" + encoded, Map.of(), "");
                }
                for (String header : List.of("if-match", "if-none-match", "if-modified-since", "ocp-range")) {
                    requireUnspoken(endpoint, path(endpoint), Map.of(header, value), "");
                }
                String named = endpoint.path().replace("{}", encoded).replace("{rest}", "..%2F" + encoded);
                requireUnspoken(endpoint, named, Map.of(), "{}");
            }
        }
        assertThat(refusals).isGreaterThan(1_000);
    }

    /** The document with each of its texts replaced by what is not to be repeated. */
    private static List<String> spoilt(String document) throws JsonProcessingException {
        String text = document.replace('\'', '"');
        List<String> bodies = new ArrayList<>();
        List<Place> places = places(JSON.readTree(text), "", new ArrayList<>());
        for (int place = 0; place < places.size(); place++) {
            for (JsonNode value : values(places.get(place).name(), place)) {
                JsonNode spoilt = JSON.readTree(text);
                places(spoilt, "", new ArrayList<>()).get(place).replacement().accept(value);
                bodies.add(spoilt.toString());
            }
        }
        return bodies;
    }

    /** Each place gets one of the secrets in turn, since every place in every operation would take minutes with all. */
    private static List<JsonNode> values(String name, int place) {
        List<JsonNode> values = new ArrayList<>();
        values.add(TextNode.valueOf(SECRETS.get(place % SECRETS.size())));
        values.add(TextNode.valueOf(LONG));
        values.add(
                JsonNodeFactory.instance.objectNode().put(SECRETS.get(0), LONG).put(LONG, MARKER));
        values.add(JsonNodeFactory.instance.arrayNode().add(MARKER).add(LONG));
        if (SECRET_NAMES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains)) {
            values.add(TextNode.valueOf(MARKER));
            values.add(TextNode.valueOf("\0" + MARKER));
        }
        return values;
    }

    /** A text in a document. */
    private record Place(String name, Consumer<JsonNode> replacement) {}

    private static List<Place> places(JsonNode node, String name, List<Place> found) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String each : names) {
                if (object.get(each).isTextual()) {
                    found.add(new Place(each, value -> object.set(each, value)));
                }
                places(object.get(each), each, found);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                if (array.get(i).isTextual()) {
                    found.add(new Place(name, value -> array.set(index, value)));
                }
                places(array.get(i), name, found);
            }
        }
        return found;
    }
}
