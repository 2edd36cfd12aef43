package io.twinbatch.local.emulator.http;

import io.twinbatch.api.proxy.HostName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps web pages of other hosts out. The emulator's key is published, so any page in a browser on this machine could sign
 * requests; but a browser names the page's own host in {@code Host} (when that host's name was pointed at this machine) or
 * in {@code Origin}.
 */
final class HostGuard {
    private static final Pattern NUMERIC = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private final Set<String> ownNames;

    /**
     * Knows the loopback names and these.
     *
     * @param ownNames names and addresses by which clients on other machines reach the emulator
     */
    HostGuard(Set<String> ownNames) {
        this.ownNames = new HashSet<>();
        ownNames.forEach(name -> this.ownNames.add(HostName.plain(name)));
    }

    /**
     * Lets a request pass.
     *
     * @throws ServiceFault 400 without a host; 403 when the host or the origin is another's
     */
    void check(HttpExchange request) {
        String host = request.header("host")
                .orElseThrow(() -> new ServiceFault(
                        400, "HostInformationNotPresent", "The required host information is not present."));
        if (!isOwn(host)) {
            throw refused(
                    "Host",
                    "The Host header names neither this machine's loopback address nor a name that the"
                            + " emulator was told; start it with --allow-host for another name.");
        }
        String origin = request.header("origin").orElse(request.base());
        String ownOrigin = (request.secure() ? "https://" : "http://") + host;
        if (!origin.equalsIgnoreCase(ownOrigin)) {
            throw refused("Origin", "Web pages of other hosts are not served.");
        }
    }

    private boolean isOwn(String authority) {
        return HostName.of(authority)
                .filter(name -> name.equals("localhost")
                        || name.endsWith(".localhost")
                        || ownNames.contains(name)
                        || isLoopback(name))
                .isPresent();
    }

    /** Of literal addresses alone: no name is resolved. */
    private static boolean isLoopback(String address) {
        if (!NUMERIC.matcher(address).matches() && address.indexOf(':') < 0) {
            return false;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address.indexOf(':') < 0 ? address : "[" + address + "]");
            return parsed.isLoopbackAddress() && (!(parsed instanceof Inet6Address) || address.indexOf('%') < 0);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static ServiceFault refused(String header, String detail) {
        return new ServiceFault(
                403,
                "AuthenticationFailed",
                "The request does not come from where requests may come from.",
                Map.of("HeaderName", header, "AuthenticationErrorDetail", detail));
    }
}
