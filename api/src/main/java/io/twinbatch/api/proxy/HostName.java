package io.twinbatch.api.proxy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names and addresses of hosts, as they stand in URLs and in {@code Host}. */
public final class HostName {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^:\\[\\]/@\\s]+)(?::\\d{1,5})?");

    /** Addresses that stand for every address of the machine. */
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

    /** The address that only programs on this machine reach. */
    public static final String LOOPBACK = "127.0.0.1";

    private HostName() {}

    /**
     * The name in an authority such as {@code [::1]:10180}, in lower case, without port and brackets; empty when it is
     * malformed.
     */
    public static Optional<String> of(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() ? Optional.of(plain(parts.group(1))) : Optional.empty();
    }

    /** A name or an address in lower case, without the brackets that IPv6 addresses have in URLs. */
    public static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /** Whether an address to listen on stands for every address of the machine. */
    public static boolean isWildcard(String listening) {
        return WILDCARDS.contains(plain(listening));
    }

    /** The host in the URL of a server, for clients on its machine, from the address that the server listens on. */
    public static String inUrl(String listening) {
        String host = isWildcard(listening) ? LOOPBACK : plain(listening);
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
