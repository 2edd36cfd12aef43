package io.twinbatch.local.emulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A task on several nodes, of a job on a pool that is made for such tasks. */
abstract class MultiInstanceTest extends ServiceTest {
    static final String TASK = "/jobs/j/tasks/t";
    static final String FOREVER = "sleep 600";

    void makePool(int nodes) {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool("p", "'enableInterNodeCommunication':true,'targetDedicatedNodes':" + nodes));
    }

    void makePoolAndJob(int nodes) {
        makePool(nodes);
        rig.withJobAlone("");
    }

    static String instances(int number, String coordination, String settings) {
        return "'multiInstanceSettings':{'numberOfInstances':" + number
                + ",'coordinationCommandLine':'/bin/sh -c \\\"" + coordination + "\\\"'"
                + (settings.isEmpty() ? "" : ",") + settings + "}";
    }

    static String until(Path file) {
        return "while [ ! -e " + file + " ]; do sleep 0.02; done";
    }

    JsonNode subtasks() {
        return rig.get(TASK + "/subtasksinfo").get("value");
    }

    List<String> nodes() {
        List<String> nodes = new ArrayList<>();
        nodes.add(rig.get(TASK).get("nodeInfo").get("nodeId").textValue());
        subtasks().forEach(subtask -> nodes.add(subtask.at("/nodeInfo/nodeId").textValue()));
        return nodes;
    }

    List<String> filesIn(String node, String path) {
        List<String> names = new ArrayList<>();
        rig.get("/pools/p/nodes/" + node + "/files?recursive=true")
                .get("value")
                .forEach(file -> names.add(file.get("name").textValue()));
        return names.stream().filter(name -> name.startsWith(path)).toList();
    }
}
