package io.twinbatch.local.record;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a node is reached from outside of its pool.
 *
 * @param place its number among the nodes of its pool, from 0; no other node of the pool has it at the same time, and the
 *     node's ports follow from it
 * @param users its user accounts
 */
public record NodeAccess(int place, List<NodeUser> users) {
    /** The address of every node: all are this machine. */
    public static final String ADDRESS = "127.0.0.1";

    public NodeAccess {
        users = List.copyOf(users);
    }

    /** Of a node without users. */
    public static NodeAccess at(int place) {
        return new NodeAccess(place, List.of());
    }

    /** A user by name. */
    public Optional<NodeUser> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /** With a user, in the place of the one of that name. */
    public NodeAccess with(NodeUser user) {
        return new NodeAccess(
                place,
                Stream.concat(without(user.name()).users.stream(), Stream.of(user))
                        .toList());
    }

    /** Without the user of a name. */
    public NodeAccess without(String name) {
        return new NodeAccess(
                place, users.stream().filter(user -> !user.name().equals(name)).toList());
    }
}
