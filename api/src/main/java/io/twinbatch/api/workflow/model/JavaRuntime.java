package io.twinbatch.api.workflow.model;

import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.task.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes sure of a Java runtime on the nodes, for programs that need one. Its start task does nothing where Java is there,
 * so that the same one works on a laptop and on the bare image of a virtual machine. It names no file and no signed URL:
 * a pool serves as long as it lives, whatever program a run brings along.
 *
 * @param known the Java executable on the nodes, where it is known; empty for the one that their PATH finds
 */
public record JavaRuntime(Optional<Path> known) {
    /** The oldest version that will do. */
    public static final int OLDEST_VERSION = 17;

    /** The variable that names the Java executable where it is known; a command line reads {@code ${TWINBATCH_JAVA:-java}}. */
    public static final String VARIABLE = "TWINBATCH_JAVA";

    /** A package server that does not answer, or a lock that another installer holds, may be passing. */
    private static final int RETRIES = 1;

    private static final String LOOK = "[ -n \"${TWINBATCH_JAVA:-}\" ] && [ -x \"$TWINBATCH_JAVA\" ] && exit 0;"
            + " fits() { java -version 2>&1 | grep -Eq \"version .(1[7-9]|[2-9][0-9])\"; };"
            + " fits && exit 0;";

    /** Packages of several distributions and versions; what there is not is passed over. */
    private static final String INSTALL = " v=\"17 21 25\";"
            + " if command -v apt-get >/dev/null 2>&1; then export DEBIAN_FRONTEND=noninteractive;"
            + " a=\"apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3\";"
            // A fresh machine updates its lists itself, and nobody else can meanwhile.
            + " for n in 1 2 3 4 5 6; do $a update && break; sleep 10; done;"
            + " for i in $v; do $a install --no-install-recommends openjdk-$i-jre-headless && break; done;"
            + " else m=$(command -v tdnf || command -v dnf || command -v yum); [ -n \"$m\" ] && for i in $v; do"
            + " $m -q -y install java-$i-openjdk-headless && break; $m -q -y install msopenjdk-$i && break; done; fi;";

    private static final String CHECK = " fits || { echo \"twinbatch: this node has no Java " + OLDEST_VERSION
            + " or later, and none could be installed; choose an image that has it, or one with apt-get, dnf or tdnf"
            + " whose package servers the nodes can reach\" >&2; exit 1; }";

    /** What each node runs as it joins: installs Java when there is none of version 17 or later. */
    public StartTask startTask() {
        return new StartTask(CommandLine.shell(LOOK + INSTALL + CHECK), List.of(), environment(), true, RETRIES);
    }

    /** The variables with which start task and tasks find the Java that is known. */
    public Map<String, String> environment() {
        return known.map(executable -> Map.of(VARIABLE, executable.toString())).orElse(Map.of());
    }
}
