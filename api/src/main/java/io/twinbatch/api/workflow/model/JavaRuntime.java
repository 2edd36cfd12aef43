package io.twinbatch.api.workflow.model;

import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.task.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes sure of a Java runtime on the nodes, for programs that need one. There are three ways: its place on the nodes is
 * known; the program brings it along; or the nodes have it or install it.
 *
 * <p>The start task installs Java where there is none, and names no file and no signed URL: a pool serves as long as it
 * lives, whatever program a run brings along. With a runtime that comes along there is no start task. The job's preparation
 * task then unpacks it, and is the one that falls back to the Java of the node, and to the installation.
 *
 * @param known the Java executable on the nodes, where it is known
 * @param packed the runtime that the program brings along
 */
public record JavaRuntime(Optional<Path> known, Optional<PackedJava> packed) {
    /** The variable that names the Java executable where it is known. */
    public static final String VARIABLE = "TWINBATCH_JAVA";

    /** Begins the command line of a task: has {@code $java} name the runtime that was found for it. */
    public static final String CHOICE =
            "java=\"${" + VARIABLE + ":-$AZ_BATCH_JOB_PREP_WORKING_DIR/java}\";" + " [ -x \"$java\" ] || java=java;";

    /** The application file with the packed runtime. */
    private static final String ARCHIVE = "java-runtime.tar.gz";

    /** The application file with the script of the preparation task. */
    private static final String SCRIPT = "prepare-java.sh";

    private static final String LOOK = "[ -n \"${TWINBATCH_JAVA:-}\" ] && [ -x \"$TWINBATCH_JAVA\" ] && exit 0; ";

    public JavaRuntime {
        Objects.requireNonNull(known, "known");
        Objects.requireNonNull(packed, "packed");
    }

    /** The Java of a known place. */
    public static JavaRuntime at(Path executable) {
        return new JavaRuntime(Optional.of(executable), Optional.empty());
    }

    /** The Java that nodes have, or install. */
    public static JavaRuntime ofNodes() {
        return new JavaRuntime(Optional.empty(), Optional.empty());
    }

    /** The Java that the program brings along; where it does not start, that of the nodes. */
    public static JavaRuntime broughtAlong(PackedJava packed) {
        return new JavaRuntime(Optional.empty(), Optional.of(packed));
    }

    /**
     * What each node runs as it joins: installs Java when there is none of version 17 or later. It is not tried again, since
     * it waits for locks and servers itself. Empty when the program brings Java along.
     */
    public Optional<StartTask> startTask() {
        if (packed.isPresent()) {
            return Optional.empty();
        }
        String script = LOOK + JavaInstallation.FITS + " fits java && exit 0; " + JavaInstallation.INSTALL
                + JavaInstallation.NONE + " install_java; fits java || none";
        return Optional.of(new StartTask(CommandLine.shell(script), List.of(), environment(), true, 0));
    }

    /** The variables with which start task and tasks find the Java that is known. */
    public Map<String, String> environment() {
        return known.map(executable -> Map.of(VARIABLE, executable.toString())).orElse(Map.of());
    }

    /** The archive, for {@link TaskProgram#applicationFiles()}. */
    public Map<String, Path> applicationFiles() {
        return packed.map(java -> Map.of(ARCHIVE, java.archive())).orElse(Map.of());
    }

    /** The script of the preparation task, for {@link TaskProgram#applicationTexts()}. */
    public Map<String, String> applicationTexts() {
        return preparationScript().map(name -> Map.of(name, script())).orElse(Map.of());
    }

    /**
     * The name of the script, for {@link TaskProgram#preparationScript()}; none where the Java is known. A program that brings
     * no Java along has it too, since its pool may be one that another program has made.
     */
    public Optional<String> preparationScript() {
        return known.isPresent() ? Optional.empty() : Optional.of(SCRIPT);
    }

    private String script() {
        return """
                #!/bin/sh
                # Leaves a link named java in this folder, to the Java runtime of the tasks of this job.
                %s
                %s
                %s
                say() {
                    echo "twinbatch: $*" >&2
                }
                %s
                on_path() {
                    fits java && ln -sf "$(command -v java)" java
                }
                packed || on_path || {
                    install_java
                    on_path || none
                }
                # The tasks run as another user than this script, which may have administrator rights.
                chmod a+rx .. .
                chmod -R a+rX .
                """.formatted(
                        JavaInstallation.FITS,
                        JavaInstallation.INSTALL.strip(),
                        JavaInstallation.NONE.strip(),
                        packed.map(JavaRuntime::unpacking).orElse("packed() {\n    false\n}"));
    }

    /** Whatever is wrong with the packed runtime, the node may have a Java of its own. */
    private static String unpacking(PackedJava java) {
        return """
                refuse() {
                    rm -rf runtime
                    say "the Java runtime of the program is not used: $1; another one is looked for"
                    return 1
                }
                packed() {
                    [ "$(uname -m)" = %1$s ] || refuse "it is made for %1$s, and this node is $(uname -m)" || return
                    case $(getconf GNU_LIBC_VERSION 2>/dev/null) in
                        glibc*) ;;
                        *) refuse "it needs glibc, which this node does not have" || return ;;
                    esac
                    echo "%2$s  %3$s" | sha256sum -c >/dev/null 2>&1 ||
                        refuse "%3$s is not what was uploaded, by its SHA-256" || return
                    rm -rf runtime
                    { mkdir runtime && tar -xzo -f %3$s -C runtime; } ||
                        refuse "it cannot be unpacked" || return
                    fits ./runtime/bin/java ||
                        refuse "it does not start: $(./runtime/bin/java -version 2>&1 | head -n 1)" || return
                    ln -sf runtime/bin/java java
                }""".formatted(java.architecture(), java.sha256(), ARCHIVE);
    }
}
