package io.twinbatch.task;

import java.io.IOException;

/** Brings the task's outputs to where they belong, and keeps the list of them for the manifest. */
final class Outputs {
    private final Uploader uploader;
    private final boolean manifestWanted;
    private final Manifest manifest = new Manifest();

    /**
     * @param uploader null when nothing is uploaded
     * @param manifestWanted whether a manifest comes last, for which each output's hash is needed
     */
    Outputs(Uploader uploader, boolean manifestWanted) {
        this.uploader = uploader;
        this.manifestWanted = manifestWanted;
    }

    /** Writes an output, and uploads it where that is asked for. */
    void publish(Target target, Content content) throws TaskException {
        String sha256 = write(target, content, manifestWanted);
        upload(target);
        if (manifestWanted) {
            manifest.add(sha256, target.file().length(), target.name());
        }
    }

    /** Writes and uploads the list of all outputs published so far. */
    void publishManifest(Target target) throws TaskException {
        write(target, manifest, false);
        upload(target);
    }

    private static String write(Target target, Content content, boolean digestWanted) throws TaskException {
        try {
            return OutputFile.write(target.file(), content, digestWanted);
        } catch (IOException e) {
            String path = target.file().getPath();
            throw new TaskException(
                    ExitCode.CANNOT_WRITE, "cannot write '" + Plain.text(path) + "': " + FileReason.of(e), e);
        }
    }

    private void upload(Target target) throws TaskException {
        if (uploader != null) {
            uploader.put(target.name(), target.file());
        }
    }
}
