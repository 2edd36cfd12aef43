package io.twinbatch.api.workflow;

import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
final class RecordingListener implements RunListener {
    private final List<RunEvent> events = new ArrayList<>();

    @Override
    public synchronized void on(RunEvent event) {
        events.add(event);
    }

    synchronized <T extends RunEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    synchronized List<RunEvent> all() {
        return List.copyOf(events);
    }
}
