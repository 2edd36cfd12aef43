package io.twinbatch.local.record;

import java.time.Instant;

/**
 * A user account of a node. Its password and its key are not kept.
 *
 * @param name its name
 * @param admin whether it has administrator rights
 * @param expires when it expires
 */
public record NodeUser(String name, boolean admin, Instant expires) {
    /** The same account with another end. */
    public NodeUser expiring(Instant end) {
        return new NodeUser(name, admin, end);
    }
}
