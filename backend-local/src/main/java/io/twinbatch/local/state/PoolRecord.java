package io.twinbatch.local.state;

import io.twinbatch.api.pool.PoolSpec;
import java.time.Instant;

/**
 * A pool as the engine keeps it.
 *
 * @param spec what was asked for; the node counts are the present targets
 * @param deleting whether its end has been ordered
 * @param created when it was created
 * @param nodesMade how many nodes it has ever had, for the names of the next ones
 */
public record PoolRecord(PoolSpec spec, boolean deleting, Instant created, int nodesMade) {}
