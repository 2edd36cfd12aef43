package io.twinbatch.local.engine.host;

import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import java.util.function.Consumer;

/**
 * A piece of work that is to be done.
 *
 * @param then hears how it has ended
 * @param keep whether what it leaves running lives on
 */
record WorkAttempt(NodeWork work, Consumer<WorkOutcome> then, boolean keep) {}
