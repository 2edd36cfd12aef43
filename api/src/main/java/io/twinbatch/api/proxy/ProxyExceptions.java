package io.twinbatch.api.proxy;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lists of hosts that are reached without a proxy. */
final class ProxyExceptions {
    private static final Pattern ENTRY = Pattern.compile("(\\[[^\\]]*]|[^:]*|.*:.*:.*)(?::(\\d+))?");

    private ProxyExceptions() {}

    /**
     * Whether {@code NO_PROXY} lists an endpoint: {@code *} means all; a name means itself and all names below it, with
     * or without {@code .} or {@code *.} in front; an address means itself, however it is written; {@code 10.0.0.0/8}
     * means the addresses of that range; a port restricts an entry to that port.
     */
    static boolean inNoProxy(String list, URI endpoint) {
        return Arrays.stream(list.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> matches(entry, endpoint));
    }

    private static boolean matches(String entry, URI endpoint) {
        if (entry.equals("*")) {
            return true;
        }
        String host = plain(endpoint.getHost());
        Optional<byte[]> address = AddressRange.address(host);
        if (entry.indexOf('/') >= 0) {
            return address.isPresent()
                    && AddressRange.read(entry)
                            .filter(range -> range.contains(address.get()))
                            .isPresent();
        }
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group(2);
        if (port != null && !port.equals(Integer.toString(port(endpoint)))) {
            return false;
        }
        String name = plain(parts.group(1).replaceFirst("^\\*?\\.", ""));
        if (address.isPresent()) {
            return AddressRange.address(name)
                    .filter(listed -> Arrays.equals(listed, address.get()))
                    .isPresent();
        }
        return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    /** Whether Java's list, {@code http.nonProxyHosts}, names a host: {@code *} stands for any characters. */
    static boolean inNonProxyHosts(String list, URI endpoint) {
        return Arrays.stream(list.split("\\|"))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> Pattern.matches(
                        Arrays.stream(plain(entry).split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")),
                        plain(endpoint.getHost())));
    }

    private static int port(URI endpoint) {
        if (endpoint.getPort() >= 0) {
            return endpoint.getPort();
        }
        return "http".equalsIgnoreCase(endpoint.getScheme()) ? 80 : 443;
    }

    private static String plain(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
    }
}
