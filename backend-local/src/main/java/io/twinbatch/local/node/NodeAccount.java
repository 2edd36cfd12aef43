package io.twinbatch.local.node;

import java.util.Objects;

/**
 * The Batch account to which nodes belong, as their tasks see it.
 *
 * @param name its name
 * @param url its URL, without a slash at the end
 */
public record NodeAccount(String name, String url) {
    /** No account: the engine is used by this process alone, and nothing answers at the URL. */
    public static final NodeAccount NONE = new NodeAccount("local", "http://127.0.0.1");

    public NodeAccount {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
    }
}
