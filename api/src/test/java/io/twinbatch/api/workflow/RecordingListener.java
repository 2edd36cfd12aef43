package io.twinbatch.api.workflow;

import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunListener;
import java.util.ArrayList;
import java.util.List;

/** Records the events of runs. */
public final class RecordingListener implements RunListener {
    private final List<RunEvent> events = new ArrayList<>();

    @Override
    public synchronized void on(RunEvent event) {
        events.add(event);
    }

    public synchronized <T extends RunEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public synchronized List<RunEvent> all() {
        return List.copyOf(events);
    }
}
