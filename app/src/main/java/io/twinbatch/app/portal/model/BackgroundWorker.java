package io.twinbatch.app.portal.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread that works beside the pages, and does not keep the program alive. */
final class BackgroundWorker {
    private BackgroundWorker() {}

    /** Starts with its first work. */
    static ExecutorService named(String work) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "twinbatch-portal-" + work);
            thread.setDaemon(true);
            return thread;
        });
    }
}
