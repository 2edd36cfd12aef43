package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.FileName;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Downloads results under hidden names, compares them with their manifests, and only then gives them their names. Used
 * from several threads.
 */
final class VerifiedDownload {
    /** How a store reports that the file on this machine is at fault. */
    private static final Set<ErrorCode> NOT_TAKEN =
            Set.of(ErrorCode.QUOTA, ErrorCode.INVALID, ErrorCode.ALREADY_EXISTS);

    private final ObjectStore store;
    private final RunPlan plan;
    private final TransferListener listener;
    private final DownloadStaging arrivals;

    VerifiedDownload(ObjectStore store, RunPlan plan, DownloadStaging arrivals, TransferListener listener) {
        this.store = store;
        this.plan = plan;
        this.arrivals = arrivals;
        this.listener = listener;
    }

    /** Downloads one result. */
    Outcome get(String taskId, String object, String fileName, Manifest.Entry entry) {
        ObjectKey key = new ObjectKey(plan.containers().output(), object);
        Path folder = plan.request().outputFolder();
        try {
            Path target = inside(folder, fileName);
            if (KnownResults.isFile(target, entry.size(), entry.sha256())) {
                // Brought by a client that died afterwards.
                return new Outcome.Done(new CollectedFile(target, entry.size(), entry.sha256()));
            }
            Path hidden = arrivals.next();
            try {
                return fetch(taskId, key, hidden, target, entry);
            } finally {
                DownloadStaging.deleteUnpublished(hidden);
            }
        } catch (BatchException e) {
            return failed(key.toString(), e);
        } catch (IOException e) {
            return failed(key.toString(), fileName, e);
        }
    }

    /** The outcome of a result that could not be fetched, or not be brought to its place. */
    Outcome failed(String object, BatchException e) {
        boolean local = e.serviceError().isEmpty() && NOT_TAKEN.contains(e.code());
        return new Outcome.NotDownloaded(object, local, local && e.code() == ErrorCode.QUOTA ? full(e) : e);
    }

    /** The outcome of a result that could not be written. */
    Outcome failed(String object, String fileName, IOException e) {
        return new Outcome.NotDownloaded(object, true, notWritten(fileName, e));
    }

    private BatchException notWritten(String fileName, IOException failure) {
        return FailureReason.isNoRoom(failure)
                ? full(failure)
                : new BatchException(
                        ErrorCode.INVALID,
                        "output " + fileName,
                        "it cannot be written: " + FailureReason.of(failure),
                        failure);
    }

    /** In the same words for every result, since they share the disk. */
    private BatchException full(Exception cause) {
        return new BatchException(
                ErrorCode.QUOTA,
                "output folder " + plan.request().outputFolder(),
                "its disk is full; make room",
                cause);
    }

    /** Wherever the name comes from, a result is a file of the output folder, or of a folder in it. */
    private static Path inside(Path folder, String fileName) throws IOException {
        Path target = folder;
        for (String part : fileName.split("/", -1)) {
            if (!FileName.isPlain(part)) {
                throw new IOException("its name leaves the output folder");
            }
            target = resolve(target, part);
        }
        return target;
    }

    private static Path resolve(Path folder, String name) throws IOException {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw new IOException("its name cannot be represented in the character set of this locale", e);
        }
    }

    private Outcome fetch(String taskId, ObjectKey key, Path hidden, Path target, Manifest.Entry entry)
            throws IOException {
        Optional<Outcome> problem = fetch(taskId, key, hidden, entry);
        if (problem.isPresent()) {
            return problem.get();
        }
        publish(hidden, target);
        return new Outcome.Done(new CollectedFile(target, entry.size(), entry.sha256()));
    }

    private Optional<Outcome> fetch(String taskId, ObjectKey key, Path hidden, Manifest.Entry entry)
            throws IOException {
        try {
            store.get(key, hidden, listener);
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.of(new Outcome.OutputMissing(taskId, "its output " + key + " is missing"));
            }
            throw e;
        }
        long size = Files.size(hidden);
        if (size != entry.size()) {
            return Optional.of(
                    new Outcome.OutputDiffers(taskId, key + " has " + size + " bytes instead of " + entry.size()));
        }
        String sha256 = new Sha256().add(hidden).hex();
        if (!sha256.equals(entry.sha256())) {
            return Optional.of(new Outcome.OutputDiffers(
                    taskId, key + " has the SHA-256 " + sha256 + " instead of " + entry.sha256()));
        }
        return Optional.empty();
    }

    /**
     * Downloads a part of a result under a hidden name.
     *
     * @param hidden the name
     * @return what is wrong with it; empty when it is there
     */
    Optional<Outcome> part(String taskId, String object, Path hidden, Manifest.Entry entry) {
        ObjectKey key = new ObjectKey(plan.containers().output(), object);
        try {
            return fetch(taskId, key, hidden, entry);
        } catch (BatchException e) {
            return Optional.of(failed(key.toString(), e));
        } catch (IOException e) {
            return Optional.of(failed(key.toString(), hidden.getFileName().toString(), e));
        }
    }

    /** Gives a result its name that was put together under a hidden one. */
    CollectedFile publish(Path hidden, String fileName) throws IOException {
        Path target = inside(plan.request().outputFolder(), fileName);
        CollectedFile file = new CollectedFile(
                target, Files.size(hidden), new Sha256().add(hidden).hex());
        // A client that died afterwards may have done so.
        if (!KnownResults.isFile(target, file.size(), file.sha256())) {
            publish(hidden, target);
        }
        return file;
    }

    private void publish(Path hidden, Path target) throws IOException {
        makeFolders(target.getParent());
        if (plan.request().force() || plan.replaceable().contains(target)) {
            arrivals.replace(hidden, target);
            return;
        }
        try {
            arrivals.publish(hidden, target);
        } catch (FileAlreadyExistsException e) {
            throw new BatchException(
                    ErrorCode.ALREADY_EXISTS,
                    "output " + target,
                    "a file of that name was created during the run; it is not overwritten without --force",
                    e);
        }
    }

    /** Folders of results are the run's own: a link in the place of one would lead elsewhere. */
    private void makeFolders(Path folder) throws IOException {
        if (folder.equals(plan.request().outputFolder())) {
            return;
        }
        makeFolders(folder.getParent());
        if (Files.isSymbolicLink(folder)) {
            throw new IOException("a link stands in the place of the folder " + folder);
        }
        Files.createDirectories(folder);
    }
}
