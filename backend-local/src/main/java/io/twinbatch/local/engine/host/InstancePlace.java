package io.twinbatch.local.engine.host;

import io.twinbatch.local.node.NodeEnvironment;
import io.twinbatch.local.record.NodeAccess;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.SizeName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one instance of a task on several nodes runs.
 *
 * @param node its node
 * @param number its number within the task; 0 is the primary
 * @param instances on how many nodes the task runs
 * @param size the size of all these nodes
 */
public record InstancePlace(NodeRecord node, int number, int instances, SizeName size) {
    boolean isPrimary() {
        return number == 0;
    }

    /** What it finds in its environment beside what every task finds. */
    Map<String, String> variables(Path folder) {
        Map<String, String> variables = new HashMap<>();
        List<String> addresses = Collections.nCopies(instances, NodeAccess.ADDRESS);
        NodeEnvironment.addInstances(variables, folder, addresses, size.cores(), isPrimary());
        return variables;
    }
}
