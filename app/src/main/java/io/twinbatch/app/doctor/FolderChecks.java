package io.twinbatch.app.doctor;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.app.report.HumanFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Checks of folders and disks. What they write to try a folder they delete again. */
final class FolderChecks {
    private static final long PLENTY_BYTES = 1L << 30;
    private static final long ENOUGH_BYTES = 200L << 20;

    private FolderChecks() {}

    /** A folder with secrets in it: for this user alone. */
    static Check privateFolder(String name, Path folder) {
        Check writable = writableFolder(name, folder);
        if (writable.level() != Check.Level.OK || !Files.exists(folder)) {
            return writable;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            boolean isPrivate = PosixFilePermissions.fromString("rwx------").containsAll(permissions);
            return isPrivate
                    ? Check.ok(name, folder + " (private to this user)")
                    : Check.warn(
                            name,
                            folder + " can be read by other users (" + PosixFilePermissions.toString(permissions) + ")",
                            "chmod 700 " + folder);
        } catch (IOException | UnsupportedOperationException e) {
            return Check.warn(
                    name, folder + ": its permissions cannot be read", "make sure that other users cannot read it");
        }
    }

    static Check writableFolder(String name, Path folder) {
        return new WritableFolder(folder)
                .problem()
                .map(problem -> Check.fail(name, problem, "correct that, or name another folder"))
                .orElseGet(
                        () -> Check.ok(name, Files.exists(folder) ? folder.toString() : folder + " (will be created)"));
    }

    static Check freeDisk(Path folder) {
        String name = "Free disk";
        try {
            long free = Files.getFileStore(new WritableFolder(folder).nearestExisting())
                    .getUsableSpace();
            String finding = HumanFormat.size(free) + " for " + folder;
            if (free >= PLENTY_BYTES) {
                return Check.ok(name, finding);
            }
            String advice = "make room: inputs are kept twice while they are processed; 1 GiB is a good start";
            return free >= ENOUGH_BYTES ? Check.warn(name, finding, advice) : Check.fail(name, finding, advice);
        } catch (IOException e) {
            return Check.warn(name, "cannot be determined: " + FailureReason.of(e), "make sure that 1 GiB is free");
        }
    }
}
