package io.twinbatch.local.node;

/** Recognizes the failure that the system has no room for another process or thread. */
final class ProcessLimit {
    private ProcessLimit() {}

    /**
     * Whether a limit of processes, threads or memory is behind a failure. The JDK has no type for it; the system's words
     * and its numbers for them (EAGAIN is 11 on Linux and 35 on macOS, ENOMEM is 12) are all there is.
     */
    static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof ProcessLauncher.NoRoom
                    || cause instanceof OutOfMemoryError
                    || message.contains("Resource temporarily unavailable")
                    || message.contains("Cannot allocate memory")
                    || message.matches("(?s).*\\berror[=:] ?(11|12|35)\\b.*")) {
                return true;
            }
        }
        return false;
    }
}
