package io.twinbatch.local.emulator.operation;

import io.twinbatch.local.emulator.http.Reply;

/** One operation of the service. */
@FunctionalInterface
public interface Operation {
    Reply run(Call call);
}
