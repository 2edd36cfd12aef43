package io.twinbatch.local.node;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.task.FailureInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user that a piece of work runs as.
 *
 * @param spec the work
 * @param tools has the means to switch users, if there are any
 */
record WorkUser(WorkSpec spec, NodeServices tools) {
    /** The words before the command line, which start it in a session of its own and as its user. */
    List<String> launcher() {
        List<String> words = new ArrayList<>();
        tools.setsid().map(Path::toString).ifPresent(words::add);
        users().ifPresent(users -> words.addAll(users.arguments(spec.user(), spec.folder())));
        return words;
    }

    /** Gives the files of new work to its user; returns why that failed. */
    Optional<FailureInfo> handOver() {
        if (!(spec.start() instanceof FolderStart.Anew)) {
            return Optional.empty();
        }
        return users().flatMap(this::handOver);
    }

    private Optional<FailureInfo> handOver(UserSwitch users) {
        try {
            users.share(new NodeFolder(spec.nodeRoot()).shared());
            users.give(spec.folder(), spec.user());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FailureInfo.of(
                    "NodeFolderCreateFailed",
                    "the task's folder could not be given to its user: " + FailureReason.of(e)));
        }
    }

    /** Empty when the process runs as the user of the engine, or the image of its container decides. */
    private Optional<UserSwitch> users() {
        return spec.user() == TaskUser.ENGINE || spec.container().isPresent() ? Optional.empty() : tools.users();
    }
}
