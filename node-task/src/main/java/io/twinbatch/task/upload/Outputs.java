package io.twinbatch.task.upload;

import io.twinbatch.task.Content;
import io.twinbatch.task.FileReason;
import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import java.io.IOException;

/** Brings the task's outputs to where they belong, and keeps the list of them for the manifest. */
public final class Outputs {
    private final Uploader uploader;
    private final boolean manifestWanted;
    private final ManifestWriter manifest = new ManifestWriter();

    /**
     * @param uploader null when nothing is uploaded
     * @param manifestWanted whether a manifest comes last, for which each output's hash is needed
     */
    public Outputs(Uploader uploader, boolean manifestWanted) {
        this.uploader = uploader;
        this.manifestWanted = manifestWanted;
    }

    /** Writes an output, and uploads it where that is asked for. */
    public void publish(OutputTarget target, Content content) throws TaskException {
        String sha256 = write(target, content, manifestWanted);
        upload(target);
        if (manifestWanted) {
            manifest.add(sha256, target.file().length(), target.name());
        }
    }

    /** Writes and uploads the list of all outputs published so far. */
    public void publishManifest(OutputTarget target) throws TaskException {
        write(target, manifest, false);
        upload(target);
    }

    private static String write(OutputTarget target, Content content, boolean digestWanted) throws TaskException {
        try {
            return StoredOutput.write(target.file(), content, digestWanted);
        } catch (IOException e) {
            String path = target.file().getPath();
            throw new TaskException(
                    TaskExitCode.CANNOT_WRITE, "cannot write '" + PlainText.text(path) + "': " + FileReason.of(e), e);
        }
    }

    private void upload(OutputTarget target) throws TaskException {
        if (uploader != null) {
            uploader.put(target.name(), target.file());
        }
    }
}
