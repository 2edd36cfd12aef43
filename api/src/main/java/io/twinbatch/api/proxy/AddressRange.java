package io.twinbatch.api.proxy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of IP addresses, such as 10.0.0.0/8 or fd00::/8. It never asks a name service. */
final class AddressRange {
    private static final Pattern RANGE = Pattern.compile("([^/]+)/(\\d{1,3})");
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** The range that a text holds; empty when it holds none. */
    static Optional<AddressRange> read(String text) {
        Matcher parts = RANGE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(parts.group(2));
        return address(parts.group(1))
                .filter(network -> bits <= network.length * Byte.SIZE)
                .map(network -> new AddressRange(network, bits));
    }

    /** The address that a literal means; empty for a name. */
    static Optional<byte[]> address(String host) {
        try {
            if (IPV4.matcher(host).matches()) {
                return Optional.of(InetAddress.getByName(host).getAddress());
            }
            // The brackets keep what is no address from being taken for a name.
            return host.indexOf(':') < 0
                    ? Optional.empty()
                    : Optional.of(InetAddress.getByName("[" + host + "]").getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(byte[] address) {
        int rest = network.length * Byte.SIZE - bits;
        return address.length == network.length
                && new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, network).shiftRight(rest));
    }
}
