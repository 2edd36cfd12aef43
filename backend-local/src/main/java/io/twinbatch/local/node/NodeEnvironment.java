package io.twinbatch.local.node;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The variables that tasks find on a node: those that Azure Batch documents (<a
 * href="https://learn.microsoft.com/azure/batch/batch-compute-node-environment-variables">node environment
 * variables</a>) and the few without which programs do not run. Nothing else of this process's environment reaches a
 * task, because it may hold the user's credentials.
 */
public final class NodeEnvironment {
    /** The name of the variable that marks every process of a piece of work; see {@link ProcessTree}. */
    static final String WORK_ID = "TWINBATCH_WORK_ID";

    private static final List<String> INHERITED = List.of("TZ", "USER", "LOGNAME", "LD_LIBRARY_PATH", "TMPDIR");

    private static final List<String> NAMES_OF_USER = List.of("USER", "LOGNAME");

    /** What Java calls a user whose name the system does not know. */
    private static final String UNKNOWN_USER = "?";

    /** What describes this machine, and is another matter in a container. */
    private static final List<String> OF_MACHINE = List.of("PATH", "USER", "LOGNAME", "LD_LIBRARY_PATH", "TMPDIR");

    /** The port of the primary's node that the service keeps for itself. Nothing listens there. */
    private static final int MASTER_PORT = 6000;

    private final Map<String, String> base;

    private NodeEnvironment(Map<String, String> base) {
        this.base = Map.copyOf(base);
    }

    /**
     * The environment on this machine.
     *
     * @param inherited the variables of this process
     * @param javaHome the home of a Java runtime, offered behind the programs on the path
     * @param account the account to which the nodes belong
     */
    public NodeEnvironment(Map<String, String> inherited, Path javaHome, NodeAccount account) {
        Map<String, String> variables = new HashMap<>();
        INHERITED.stream().filter(inherited::containsKey).forEach(name -> variables.put(name, inherited.get(name)));
        nameUser(variables);
        String path = inherited.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        variables.put("PATH", path + File.pathSeparator + javaHome.resolve("bin"));
        variables.put("LANG", "C.UTF-8");
        variables.put("AZ_BATCH_ACCOUNT_NAME", account.name());
        variables.put("AZ_BATCH_ACCOUNT_URL", account.url());
        variables.put("AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES", "0");
        base = Map.copyOf(variables);
    }

    /** A service that the system starts has no such variables, and a task is always a user's. */
    private static void nameUser(Map<String, String> variables) {
        String name = System.getProperty("user.name", "");
        if (!name.isBlank() && !name.equals(UNKNOWN_USER)) {
            NAMES_OF_USER.forEach(variable -> variables.putIfAbsent(variable, name));
        }
    }

    /** The environment in a container, whose image has a path, users and libraries of its own. */
    public NodeEnvironment inContainer() {
        Map<String, String> variables = new HashMap<>(base);
        OF_MACHINE.forEach(variables::remove);
        return new NodeEnvironment(variables);
    }

    /** The variables of every process on a node. */
    public Map<String, String> ofNode(String poolId, String nodeId, boolean dedicated, NodeFolder folder) {
        Map<String, String> variables = new HashMap<>(base);
        variables.put("AZ_BATCH_POOL_ID", poolId);
        variables.put("AZ_BATCH_NODE_ID", nodeId);
        variables.put("AZ_BATCH_NODE_IS_DEDICATED", Boolean.toString(dedicated));
        variables.put("AZ_BATCH_NODE_ROOT_DIR", folder.root().toString());
        variables.put("AZ_BATCH_NODE_SHARED_DIR", folder.shared().toString());
        variables.put("AZ_BATCH_NODE_STARTUP_DIR", folder.startup().toString());
        variables.put("AZ_BATCH_NODE_MOUNTS_DIR", folder.mounts().toString());
        return variables;
    }

    /** Adds what a piece of work in a folder of its own finds besides. */
    public static void addFolder(Map<String, String> variables, Path folder) {
        Path workingFolder = folder.resolve(NodeFolder.WORKING_FOLDER);
        variables.put("AZ_BATCH_TASK_DIR", folder.toString());
        variables.put("AZ_BATCH_TASK_WORKING_DIR", workingFolder.toString());
        variables.put(
                "AZ_BATCH_CERTIFICATES_DIR",
                folder.resolve(NodeFolder.CERTIFICATES).toString());
        variables.put("HOME", workingFolder.toString());
    }

    /** Adds what a task of a job finds besides. */
    public static void addTask(Map<String, String> variables, String jobId, String taskId) {
        variables.put("AZ_BATCH_JOB_ID", jobId);
        variables.put("AZ_BATCH_TASK_ID", taskId);
    }

    /** Adds what the tasks of a job with a preparation task find besides. */
    public static void addPreparation(Map<String, String> variables, Path preparationFolder) {
        variables.put("AZ_BATCH_JOB_PREP_DIR", preparationFolder.toString());
        variables.put(
                "AZ_BATCH_JOB_PREP_WORKING_DIR",
                preparationFolder.resolve(NodeFolder.WORKING_FOLDER).toString());
    }

    /**
     * Adds what the instances of a task on several nodes find besides.
     *
     * @param folder the task's folder on this node
     * @param addresses the addresses of the nodes, that of the primary first
     * @param cores how many processors each has
     * @param primary whether this node is that of the primary
     */
    public static void addInstances(
            Map<String, String> variables, Path folder, List<String> addresses, int cores, boolean primary) {
        variables.put("AZ_BATCH_TASK_SHARED_DIR", folder.toString());
        variables.put("AZ_BATCH_HOST_LIST", String.join(",", addresses));
        variables.put("AZ_BATCH_NODE_LIST", String.join(";", addresses));
        variables.put("AZ_BATCH_MASTER_NODE", addresses.get(0) + ":" + MASTER_PORT);
        variables.put("AZ_BATCH_IS_CURRENT_NODE_MASTER", Boolean.toString(primary));
        String nodes =
                addresses.stream().map(address -> " " + address + " " + cores).collect(Collectors.joining());
        variables.put("CCP_NODES", addresses.size() + nodes);
    }
}
