package io.twinbatch.task.upload;

import io.twinbatch.task.FileReason;
import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Puts outputs into the output container, and tries again when the service or the connection fails. */
public final class Uploader {
    /** What one request may carry to an object store whose limit is the lowest of those in use. */
    static final long MAX_BYTES = 5000L << 20;

    private static final int PROXY_SIGN_IN = 407;

    private final SignedContainer container;
    private final StoreRoute route;
    private final String where;
    private final Map<String, String> headers;
    private final UploadRetry retries;
    private final RetrySleeper sleeper;

    /** @param containerName for messages; null if it is not known */
    public Uploader(
            SignedContainer container,
            StoreRoute route,
            String containerName,
            Map<String, String> headers,
            UploadRetry retries,
            RetrySleeper sleeper) {
        this.container = container;
        this.route = route;
        this.where = containerName == null ? "" : " to the container '" + PlainText.text(containerName) + "'";
        this.headers = headers;
        this.retries = retries;
        this.sleeper = sleeper;
    }

    /**
     * Uploads a file under a name. Doing it again replaces what is there.
     *
     * @throws TaskException if the service refuses, or if no try succeeded
     */
    void put(String name, File file) throws TaskException {
        if (file.length() > MAX_BYTES) {
            throw failed(name, "it has " + file.length() + " bytes, and one upload carries 5000 MiB at most");
        }
        PutRequest request;
        try {
            request = new PutRequest(route, container.object(name), headers);
        } catch (IOException e) {
            throw failed(name, "its URL is not valid");
        }
        for (int tried = 1; ; tried++) {
            String reason;
            long askedMillis = 0;
            try {
                HttpAnswer answer = request.send(file);
                if (answer.isDone()) {
                    return;
                }
                reason = "the service answered " + answer.reason();
                if (!UploadRetry.isWorthAnotherTry(answer.status())) {
                    throw failed(name, reason + remedy(answer.status()));
                }
                askedMillis = answer.retryAfterMillis();
            } catch (IOException e) {
                reason = FileReason.of(e);
            }
            if (tried == retries.tries()) {
                throw failed(name, reason + ", and so or alike in all of " + tried + " tries");
            }
            pause(
                    name,
                    retries.pauseMillis(
                            tried, askedMillis, ThreadLocalRandom.current().nextDouble()));
        }
    }

    /** What most often is behind a refusal: a password is missing, or a signature was good and is no more. */
    private String remedy(int status) {
        if (status == PROXY_SIGN_IN) {
            return "; the proxy asks for another user and password: write them into its setting";
        }
        String end = container.expiry();
        boolean ofSignature = status == 401 || status == 403;
        return ofSignature && !end.isEmpty() ? "; the signed URL is valid until " + PlainText.text(end) : "";
    }

    private void pause(String name, long millis) throws TaskException {
        try {
            sleeper.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(name, "it was interrupted");
        }
    }

    private TaskException failed(String name, String reason) {
        String url = container.withoutSecret(name);
        return new TaskException(
                TaskExitCode.UPLOAD_FAILED,
                "cannot upload" + where + " (" + url + ")" + route.description() + ": " + container.scrub(reason));
    }
}
