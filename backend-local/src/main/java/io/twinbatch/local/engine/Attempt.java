package io.twinbatch.local.engine;

import io.twinbatch.local.node.Work;
import io.twinbatch.local.node.WorkOutcome;
import java.util.function.Consumer;

/**
 * A piece of work that is to be done.
 *
 * @param then hears how it has ended
 * @param keep whether what it leaves running lives on
 */
record Attempt(Work work, Consumer<WorkOutcome> then, boolean keep) {}
