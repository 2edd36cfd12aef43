package io.twinbatch.api.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sees every call of a fake before it is done, remembers it, and can make it fail. */
public final class CallHook {
    private final List<String> calls = new ArrayList<>();
    private Consumer<String> reaction = call -> {};

    /** What is done before each call; throws to make the call fail. The call is its method's name and its subject. */
    public synchronized void react(Consumer<String> newReaction) {
        reaction = newReaction;
    }

    /** A call that fails with this exception when it begins like this. */
    public void failOn(String beginning, RuntimeException failure) {
        react(call -> {
            if (call.startsWith(beginning)) {
                throw failure;
            }
        });
    }

    void before(String method, Object subject) {
        String call = method + " " + subject;
        Consumer<String> now;
        synchronized (this) {
            calls.add(call);
            now = reaction;
        }
        now.accept(call);
    }

    public synchronized List<String> calls(String beginning) {
        return calls.stream().filter(call -> call.startsWith(beginning)).toList();
    }
}
