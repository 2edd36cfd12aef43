package io.twinbatch.local.emulator.operations;

import io.twinbatch.local.emulator.http.Reply;

/** One operation of the service. */
@FunctionalInterface
interface Operation {
    Reply run(Call call);
}
