package io.twinbatch.local.node;

import io.twinbatch.api.job.FailureInfo;
import io.twinbatch.api.job.OutputFile;
import io.twinbatch.api.job.ResourceFile;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.time.Sleeper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Carries files between a node and the object store over HTTP, through signed URLs alone, as the agent of an Azure Batch
 * node does. A passing failure is tried again a few times; what stays a failure is reported with the service's codes.
 */
public final class NodeTransfer {
    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(30);

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private final HttpClient client;
    private final Sleeper sleeper;

    /**
     * Transfers with pauses between tries.
     *
     * @param sleeper passes the pauses
     */
    public NodeTransfer(Sleeper sleeper) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        this.sleeper = sleeper;
    }

    /** A transfer that stays a failure, with the code that the service has for it. */
    static final class TransferFailed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient FailureInfo failure;

        TransferFailed(String code, String message, SignedUrl url, Throwable cause) {
            super(message, cause);
            failure = new FailureInfo(code, message, Map.of("url", url.withoutSecret()));
        }

        FailureInfo failure() {
            return failure;
        }
    }

    /** Fetches a resource file into a working folder. */
    void fetch(ResourceFile file, Path workingFolder) throws TransferFailed, InterruptedException {
        Path target = workingFolder.resolve(file.path());
        SignedUrl source = file.source();
        try {
            Files.createDirectories(target.getParent());
        } catch (IOException e) {
            throw new TransferFailed(
                    diskCode(e, "ResourceDirectoryCreateFailed"), "no folder for " + file.path() + ": " + e, source, e);
        }
        HttpRequest request = HttpRequest.newBuilder(source.url())
                .timeout(REQUEST_LIMIT)
                .GET()
                .build();
        int status = send(request, HttpResponse.BodyHandlers.ofFile(target), "BlobDownload", file.path(), source);
        if (status != 200) {
            String code = status == NOT_FOUND
                    ? "BlobNotFound"
                    : status == FORBIDDEN ? "BlobAccessDenied" : "BlobDownloadMiscError";
            throw new TransferFailed(
                    code, "the resource file " + file.path() + " was refused with HTTP status " + status, source, null);
        }
    }

    /** Uploads a file as an object of the output file's container. */
    void upload(Path file, OutputFile output, String objectName) throws TransferFailed, InterruptedException {
        SignedUrl container = output.container();
        URI target = container.ofObject(objectName);
        HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(REQUEST_LIMIT);
        container.headers().forEach(request::header);
        int status;
        try {
            request.PUT(HttpRequest.BodyPublishers.ofFile(file));
            status = send(request.build(), HttpResponse.BodyHandlers.discarding(), "FileUpload", objectName, container);
        } catch (IOException e) {
            throw new TransferFailed(
                    "FileUploadMiscError", "the output file " + file.getFileName() + " is gone", container, e);
        }
        if (status != 201 && status != 200) {
            String code = status == NOT_FOUND
                    ? "FileUploadContainerNotFound"
                    : status == FORBIDDEN ? "FileUploadAccessDenied" : "FileUploadMiscError";
            throw new TransferFailed(
                    code, "the output file " + objectName + " was refused with HTTP status " + status, container, null);
        }
    }

    private int send(
            HttpRequest request, HttpResponse.BodyHandler<?> body, String codePrefix, String what, SignedUrl url)
            throws TransferFailed, InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                int status = client.send(request, body).statusCode();
                if (!isPassing(status) || attempt == TRIES) {
                    return status;
                }
            } catch (FileSystemException e) {
                throw new TransferFailed(
                        diskCode(e, "ResourceFileWriteFailed"), what + " could not be written: " + e, url, e);
            } catch (IOException e) {
                if (isDiskFull(e)) {
                    throw new TransferFailed("DiskFull", what + " could not be written: " + e.getMessage(), url, e);
                }
                if (attempt == TRIES) {
                    String code =
                            codePrefix + (e instanceof java.net.http.HttpTimeoutException ? "TimedOut" : "MiscError");
                    throw new TransferFailed(code, "the transfer of " + what + " failed: " + describe(e), url, e);
                }
            }
            sleeper.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    /** The JDK's client gives some failures, a refused connection among them, no message. */
    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean isPassing(int status) {
        return status >= FIRST_SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
    }

    private static String diskCode(IOException failure, String otherwise) {
        return isDiskFull(failure) ? "DiskFull" : otherwise;
    }

    /** The JDK has no type for a full disk; the system's message is all there is. */
    static boolean isDiskFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
