package io.twinbatch.azure.client.model;

import io.twinbatch.azure.client.model.UserModel.IdentityReference;
import java.time.Instant;
import java.util.List;

/** Files of tasks and nodes in requests and answers of the service. */
public final class FileModel {
    private FileModel() {}

    /** A file or folder on a node. */
    public record BatchFile(String name, String url, Boolean isDirectory, FileProperties properties) {}

    /** Files that a node uploads after a task's process. */
    public record BatchOutputFile(
            String filePattern, OutputDestination destination, OutputUploadOptions uploadOptions) {}

    /** A file that is fetched to a node first: from {@code httpUrl}, or from a container. */
    public record BatchResourceFile(
            String httpUrl,
            String storageContainerUrl,
            String blobPrefix,
            String filePath,
            String fileMode,
            IdentityReference identityReference) {
        /** Leaves out the URLs, which may be signed. */
        @Override
        public String toString() {
            return "resource file " + filePath;
        }
    }

    /**
     * The properties of a file; a folder has none.
     *
     * @param contentLength its length in bytes; 0 when the service does not return it
     */
    public record FileProperties(
            Instant creationTime, Instant lastModified, long contentLength, String contentType, String fileMode) {}

    /** A container that output files go to; {@code path} is a name or the beginning of names. */
    public record OutputContainer(
            String containerUrl, String path, List<NameValue> uploadHeaders, IdentityReference identityReference) {
        /** Leaves out the URL, which may be signed. */
        @Override
        public String toString() {
            return "container for " + path;
        }
    }

    /** Where output files go. */
    public record OutputDestination(OutputContainer container) {}

    /** After which endings files are uploaded: {@code tasksuccess}, {@code taskfailure}, {@code taskcompletion}. */
    public record OutputUploadOptions(String uploadCondition) {}
}
