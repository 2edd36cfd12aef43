package io.twinbatch.local.disk;

/** Recognizes a full disk among other failures. */
public final class DiskFull {
    private DiskFull() {}

    /** Whether a full disk is behind a failure. The JDK has no type for it; the system's message is all there is. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
