package io.twinbatch.local.node;

import io.twinbatch.local.program.HelperProgram;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs processes as users without administrator rights, from an engine that runs as root, with {@code setpriv} of
 * util-linux. The users need no entry in the system's list of users.
 *
 * <p>The state folder belongs to root alone, so that no other user could reach the folder of a task in it. The processes
 * therefore keep one right of root, to read and to search everything; they lose the right to write where they do not own,
 * and to administer.
 */
public final class UserSwitch {
    /** The group of all tasks, and the user that they share. Above what systems give to people and services. */
    private static final int SHARED_ID = 200_000;

    private static final int OWN_IDS = 60_000;
    private static final String CAPABILITIES = "-all,+dac_read_search";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path setpriv;

    private UserSwitch(Path setpriv) {
        this.setpriv = setpriv;
    }

    /** How to switch users; empty when this process is not root, or the system does not let it. */
    public static Optional<UserSwitch> find(String searchPath) {
        return ProgramPath.find("setpriv", Path.of("/"), searchPath)
                .map(UserSwitch::new)
                .filter(UserSwitch::works);
    }

    private boolean works() {
        try {
            if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
                return false;
            }
            List<String> command = new ArrayList<>(arguments(SHARED_ID));
            command.add("true");
            return new HelperProgram(Path.of("/"), LIMIT).run(command).isSuccess();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The words before a command line that runs as another user. */
    List<String> arguments(TaskUser user, Path folder) {
        return arguments(id(user, folder));
    }

    private List<String> arguments(int id) {
        return List.of(
                setpriv.toString(),
                "--reuid=" + id,
                "--regid=" + SHARED_ID,
                "--clear-groups",
                // Otherwise access(2), by which test -r and Java look for files, leaves out the right to read.
                "--securebits=+no_setuid_fixup",
                "--inh-caps=" + CAPABILITIES,
                "--ambient-caps=" + CAPABILITIES,
                "--bounding-set=" + CAPABILITIES,
                "--");
    }

    /** The same folder has the same user, also after a restart of the engine. */
    private static int id(TaskUser user, Path folder) {
        return user == TaskUser.OWN
                ? SHARED_ID + 1 + Math.floorMod(folder.toString().hashCode(), OWN_IDS)
                : SHARED_ID;
    }

    /**
     * Gives the folder of a task, with all that is in it, to the task's user.
     *
     * @throws IOException when the system refuses
     */
    void give(Path folder, TaskUser user) throws IOException {
        int id = id(user, folder);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                return visitFile(path, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", SHARED_ID, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Lets all tasks write to the folder that the tasks of a node share.
     *
     * @throws IOException when the system refuses
     */
    void share(Path folder) throws IOException {
        Files.setAttribute(folder, "unix:gid", SHARED_ID, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
    }
}
