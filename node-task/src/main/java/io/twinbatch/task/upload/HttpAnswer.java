package io.twinbatch.task.upload;

/**
 * What a service said to an upload.
 *
 * @param status the HTTP status
 * @param reason the status in words, with the service's own error code when there is one
 * @param retryAfterMillis how long it asks to wait; 0 when it does not
 */
record HttpAnswer(int status, String reason, long retryAfterMillis) {
    boolean isDone() {
        return status >= 200 && status < 300;
    }
}
