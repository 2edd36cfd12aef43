package io.twinbatch.it.faults;

import io.twinbatch.it.wire.WireReply;
import io.twinbatch.it.wire.WireRequest;
import io.twinbatch.it.wire.WireServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A Batch service in which requests fail as the test says. Faults strike the next requests of the verb and path that
 * they are meant for, one after the other; then everything goes well again.
 */
final class FaultyService implements AutoCloseable {
    private final BatchAccount account = new BatchAccount();
    private final Map<String, Deque<Fault>> faults = new LinkedHashMap<>();
    private final WireServer server;
    private volatile Function<WireRequest, Fault> always = request -> Fault.none();

    private FaultyService() throws IOException {
        this.server = WireServer.start(this::answer);
    }

    static FaultyService start() throws IOException {
        return new FaultyService();
    }

    /** The next requests of that kind go wrong like this. */
    FaultyService next(String method, String path, Fault... struck) {
        synchronized (faults) {
            faults.computeIfAbsent(method + " " + path, key -> new ArrayDeque<>())
                    .addAll(List.of(struck));
        }
        return this;
    }

    /** What goes wrong with a request for which {@link #next} names nothing. */
    FaultyService always(Function<WireRequest, Fault> struck) {
        always = struck;
        return this;
    }

    /** What the service holds. */
    BatchAccount account() {
        return account;
    }

    WireServer server() {
        return server;
    }

    /** The requests of that kind so far. */
    List<WireRequest> requests(String method, String path) {
        return server.requests().stream()
                .filter(request -> request.is(method, path))
                .toList();
    }

    /** The faults that have not struck. */
    List<String> left() {
        synchronized (faults) {
            List<String> left = new ArrayList<>();
            faults.forEach((request, struck) -> struck.forEach(fault -> left.add(request)));
            return left;
        }
    }

    private WireReply answer(WireRequest request) {
        return fault(request).strike(() -> account.answer(request));
    }

    private Fault fault(WireRequest request) {
        synchronized (faults) {
            Deque<Fault> planned = faults.get(request.method() + " " + request.rawPath());
            return planned == null || planned.isEmpty() ? always.apply(request) : planned.remove();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
