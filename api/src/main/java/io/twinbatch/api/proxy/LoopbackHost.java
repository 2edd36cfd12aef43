package io.twinbatch.api.proxy;

import java.util.regex.Pattern;

/** Which host names mean this machine itself, without asking a name service. */
public final class LoopbackHost {
    private static final Pattern NAMES =
            Pattern.compile("(?i)(.+\\.)?localhost\\.?|127(\\.\\d{1,3}){3}|\\[?(::1|(0{1,4}:){7}0{0,3}1)]?");

    private LoopbackHost() {}

    /**
     * Whether a host is this machine.
     *
     * @param host the host of a URL; null, as of a URL without one, is none
     */
    public static boolean matches(String host) {
        return host != null && NAMES.matcher(host).matches();
    }
}
