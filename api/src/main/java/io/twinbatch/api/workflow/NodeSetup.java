package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.CommandLine;
import io.twinbatch.api.job.ResourceFile;
import io.twinbatch.api.pool.StartTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What makes a node ready for a program: its files in the shared folder, and a Java runtime. */
final class NodeSetup {
    private static final int RETRIES = 1;
    private static final int VERSION_DIGITS = 16;

    /** The start task, still without the resource files from which it copies. */
    StartTask startTask(Map<String, Path> applicationFiles) {
        StringBuilder script = new StringBuilder("set -e; ");
        if (!applicationFiles.isEmpty()) {
            // Copied beside its place and moved into it: a task of another run never sees half a file.
            script.append("for f in ")
                    .append(String.join(" ", new TreeMap<>(applicationFiles).keySet()))
                    .append("; do t=\"$AZ_BATCH_NODE_SHARED_DIR/.$f.$$\"; cp \"$f\" \"$t\"; chmod a+rx \"$t\";")
                    .append(" mv -f \"$t\" \"$AZ_BATCH_NODE_SHARED_DIR/$f\"; done; ");
        }
        script.append("command -v java >/dev/null 2>&1 || { export DEBIAN_FRONTEND=noninteractive;")
                .append(" apt-get -q -o DPkg::Lock::Timeout=300 update;")
                .append(" apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends")
                .append(" openjdk-17-jre-headless; }");
        return new StartTask(CommandLine.shell(script.toString()), List.of(), Map.of(), true, RETRIES);
    }

    /** The same start task with the files from which it copies. */
    StartTask withFiles(StartTask task, List<ResourceFile> files) {
        return new StartTask(task.commandLine(), files, task.environment(), task.elevated(), task.maxRetries());
    }

    /** A text that is the same for the same files and another one for others. */
    String version(Map<String, Path> applicationFiles) {
        Sha256 hash = new Sha256();
        new TreeMap<>(applicationFiles).forEach((name, path) -> {
            try {
                hash.add(name).add("\n").add(new Sha256().add(path).hex()).add("\n");
            } catch (IOException e) {
                throw new BatchException(
                        ErrorCode.INVALID, "application file " + name, "it cannot be read: " + e.getMessage(), e);
            }
        });
        return hash.hex().substring(0, VERSION_DIGITS);
    }
}
