package io.twinbatch.it.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bodies: those that clients send, and what becomes of them when something in them is changed. */
final class FuzzBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> TEMPLATES = List.of(
            "{\"id\":\"p1\",\"vmSize\":\"standard_d2s_v3\",\"virtualMachineConfiguration\":{\"imageReference\":"
                    + "{\"publisher\":\"canonical\",\"offer\":\"0001-com-ubuntu-server-jammy\",\"sku\":\"22_04-lts\"},"
                    + "\"nodeAgentSKUId\":\"batch.node.ubuntu 22.04\"},\"targetDedicatedNodes\":0,"
                    + "\"resizeTimeout\":\"PT15M\",\"taskSlotsPerNode\":2,\"metadata\":[{\"name\":\"a\",\"value\":\"b\"}],"
                    + "\"startTask\":{\"commandLine\":\"/bin/true\",\"waitForSuccess\":true,\"userIdentity\":"
                    + "{\"autoUser\":{\"scope\":\"pool\",\"elevationLevel\":\"admin\"}}}}",
            "{\"id\":\"j1\",\"poolInfo\":{\"poolId\":\"p1\"},\"priority\":1,\"constraints\":{\"maxWallClockTime\":\"PT1H\","
                    + "\"maxTaskRetryCount\":1},\"onAllTasksComplete\":\"noaction\",\"usesTaskDependencies\":true,"
                    + "\"jobPreparationTask\":{\"id\":\"prep\",\"commandLine\":\"/bin/true\"},"
                    + "\"jobReleaseTask\":{\"id\":\"rel\",\"commandLine\":\"/bin/true\"}}",
            "{\"id\":\"j2\",\"poolInfo\":{\"autoPoolSpecification\":{\"poolLifetimeOption\":\"job\",\"keepAlive\":false,"
                    + "\"pool\":{\"vmSize\":\"standard_d2s_v3\",\"targetDedicatedNodes\":0}}},\"jobManagerTask\":"
                    + "{\"id\":\"m\",\"commandLine\":\"/bin/true\",\"killJobOnCompletion\":true}}",
            "{\"id\":\"t1\",\"commandLine\":\"/bin/true\",\"requiredSlots\":1,\"dependsOn\":{\"taskIds\":[\"a\"],"
                    + "\"taskIdRanges\":[{\"start\":1,\"end\":3}]},\"environmentSettings\":[{\"name\":\"A\",\"value\":\"b\"}],"
                    + "\"exitConditions\":{\"exitCodes\":[{\"code\":1,\"exitOptions\":{\"dependencyAction\":\"satisfy\"}}]},"
                    + "\"constraints\":{\"maxTaskRetryCount\":0,\"retentionTime\":\"P7D\"},\"outputFiles\":[{\"filePattern\":"
                    + "\"*.txt\",\"destination\":{\"container\":{\"containerUrl\":\"http://127.0.0.1:1/c\"}},"
                    + "\"uploadOptions\":{\"uploadCondition\":\"tasksuccess\"}}]}",
            "{\"value\":[{\"id\":\"t2\",\"commandLine\":\"/bin/true\"},{\"id\":\"t3\",\"commandLine\":\"/bin/true\"}]}",
            "{\"targetDedicatedNodes\":0,\"targetLowPriorityNodes\":0,\"resizeTimeout\":\"PT5M\","
                    + "\"nodeDeallocationOption\":\"requeue\"}",
            "{\"nodeList\":[\"tvm-1\",\"tvm-2\"],\"nodeDeallocationOption\":\"terminate\"}",
            "{\"autoScaleFormula\":\"$TargetDedicatedNodes=min(0,$PendingTasks.GetSample(1));\","
                    + "\"autoScaleEvaluationInterval\":\"PT5M\"}",
            "{\"disableTasks\":\"requeue\"}",
            "{\"terminateReason\":\"because\"}",
            "{\"constraints\":{\"maxTaskRetryCount\":2}}",
            "{\"id\":\"s1\",\"schedule\":{\"recurrenceInterval\":\"P1D\",\"startWindow\":\"PT1M\","
                    + "\"doNotRunUntil\":\"2099-01-01T00:00:00Z\"},\"jobSpecification\":{\"poolInfo\":{\"poolId\":\"p1\"}}}",
            "{\"nodeRebootOption\":\"requeue\"}",
            "{\"containerUrl\":\"http://127.0.0.1:1/c\",\"startTime\":\"2026-01-01T00:00:00Z\"}",
            "{}");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "2147483648",
            "1e400",
            "1.5",
            "99999999999999999999",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"../../x\"",
            "\"a/b\"",
            "\"" + "x".repeat(65) + "\"",
            "\"" + "x".repeat(3000) + "\"",
            "\"PT-1S\"",
            "\"P999999999999D\"",
            "\"2026-99-99T00:00:00Z\"",
            "\"NaN\"",
            "\"/bin/sh -c 'unclosed\"",
            "[]",
            "[[]]",
            "[null]",
            "{}",
            "{\"x\":{\"y\":[]}}");

    private final Random random;
    private final List<JsonNode> templates = new ArrayList<>();
    private final List<JsonNode> values = new ArrayList<>();

    FuzzBodies(Random random) {
        this.random = random;
        TEMPLATES.forEach(text -> templates.add(read(text)));
        VALUES.forEach(text -> values.add(read(text)));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A body as text; not always JSON. */
    String next() {
        JsonNode body = templates.get(random.nextInt(templates.size())).deepCopy();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            change(body);
        }
        String text = body.toString();
        return switch (random.nextInt(20)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> text + text;
            case 2 -> "[".repeat(random.nextInt(3000)) + text;
            case 3 -> "";
            case 4 -> values.get(random.nextInt(values.size())).toString();
            case 5 -> text.replaceFirst("\"", "\"\u00ff");
            default -> text;
        };
    }

    /** A document with one or two of its properties changed. */
    String changed(String document) {
        JsonNode body = read(document);
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            change(body);
        }
        return body.toString();
    }

    private void change(JsonNode body) {
        List<JsonNode> places = new ArrayList<>();
        collect(body, places);
        if (places.isEmpty()) {
            return;
        }
        JsonNode place = places.get(random.nextInt(places.size()));
        JsonNode value = values.get(random.nextInt(values.size())).deepCopy();
        if (place instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), value);
        } else if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name =
                    names.isEmpty() || random.nextInt(5) == 0 ? "unknown" : names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }
}
