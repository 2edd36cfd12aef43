package io.twinbatch.app.runtime;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Chooses how the nodes of a remote backend come by Java: with a runtime that is made here, or by themselves. */
public final class NodeJava {
    /** Set to {@code packed}, as if unset, or to {@code installed} for nodes that have Java or install it. */
    private static final String VARIABLE = "TWINBATCH_NODE_JAVA";

    private final Map<String, String> environment;
    private final JavaOfThisMachine here;
    private final Path cacheDir;

    /**
     * Describes the choice.
     *
     * @param environment the variables of the process
     * @param here what a runtime is made of
     * @param cacheDir where it is kept
     */
    public NodeJava(Map<String, String> environment, JavaOfThisMachine here, Path cacheDir) {
        this.environment = environment;
        this.here = here;
        this.cacheDir = cacheDir;
    }

    /**
     * Chooses. Where no runtime can be made, the nodes have to have Java or to install it.
     *
     * @param notes receives a line when there is a wait, or no runtime
     * @throws UsageException when the variable has a value that means nothing
     * @throws BatchException {@code UNKNOWN} when this thread is interrupted
     */
    public JavaRuntime choose(Consumer<String> notes) {
        if (!isPacked()) {
            return JavaRuntime.ofNodes();
        }
        Optional<String> obstacle = here.obstacle();
        if (obstacle.isPresent()) {
            return withoutRuntime(obstacle.get(), notes);
        }
        try {
            return JavaRuntime.broughtAlong(new RuntimePacker(here, cacheDir).ensure(notes));
        } catch (IOException | BatchException e) {
            return withoutRuntime("in " + cacheDir + ": " + FailureReason.of(e), notes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(
                    ErrorCode.UNKNOWN, "Java runtime of the nodes", "interrupted while it was made", e);
        }
    }

    private boolean isPacked() {
        return switch (environment.getOrDefault(VARIABLE, "")) {
            case "", "packed" -> true;
            case "installed" -> false;
            default -> throw new UsageException(VARIABLE + " is wrong: packed or installed is expected");
        };
    }

    private static JavaRuntime withoutRuntime(String reason, Consumer<String> notes) {
        notes.accept("nodes without Java install it, since no runtime could be packed for them: " + reason);
        return JavaRuntime.ofNodes();
    }
}
