package io.twinbatch.api.proxy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URL of a proxy as environment variables hold it. Its messages never show the value. */
final class ProxyAddress {
    private static final Pattern URL = Pattern.compile("(?s)(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:(.*)@)?([^@]*)");
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?/?");
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65_535;

    private ProxyAddress() {}

    /**
     * Reads a variable.
     *
     * @throws BatchException {@code INVALID} when the value is no URL of a proxy that is supported
     */
    static HttpProxy read(String variable, String value) {
        Matcher url = URL.matcher(value);
        if (!url.matches()) {
            throw malformed(variable);
        }
        if (url.group(1) != null && !url.group(1).equalsIgnoreCase("http")) {
            throw invalid(
                    variable, "only proxies that are reached over http are supported; write it as http://HOST:PORT");
        }
        Matcher authority = AUTHORITY.matcher(url.group(3));
        if (!authority.matches()) {
            throw malformed(variable);
        }
        Optional<String> credentials = Optional.ofNullable(url.group(2)).map(text -> decoded(variable, text));
        return new HttpProxy(
                authority.group(1), port(variable, authority.group(2), DEFAULT_PORT), variable, credentials);
    }

    /** A port, or the default where there is none. */
    static int port(String setting, String text, int otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, without the value.
        }
        throw invalid(setting, "a port between 1 and " + MAX_PORT + " is expected");
    }

    private static String decoded(String variable, String credentials) {
        try {
            // A plus sign stands for itself in this part of a URL.
            String text = URLDecoder.decode(credentials.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text.indexOf(':') < 0 ? text + ":" : text;
            }
        } catch (IllegalArgumentException e) {
            // Said below: its message holds a part of the password.
        }
        throw invalid(variable, "the user or password in it is malformed; encode special characters, such as % as %25");
    }

    private static BatchException malformed(String variable) {
        return invalid(variable, "the URL of a proxy is expected, such as http://proxy.example.com:8080");
    }

    private static BatchException invalid(String setting, String expectation) {
        return new BatchException(ErrorCode.INVALID, "", setting + " is wrong: " + expectation);
    }
}
