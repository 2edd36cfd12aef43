package io.twinbatch.app.portal.model;

import io.twinbatch.api.error.Redaction;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Environment variables and other named values without what looks like a secret, by its name or by its form. */
public final class SecretMask {
    private static final String HIDDEN = "(hidden)";

    private static final Pattern NAMES = Pattern.compile(
            "(?i).*(pass(word|wd|phrase)|(^|[_-])pass$|secret|token|credential|private|signature|(^|[_-])(sas|key|auth|pat|pwd|pw)([_-]|\\d*$)"
                    + "|api_?key|access_?key|account_?key|connection_?string|cookie|session).*");

    private SecretMask() {}

    /** A command line as it may be shown. */
    public static String commandLine(String text) {
        return Redaction.withoutSecrets(text);
    }

    /** The variables by name, each value as it may be shown. */
    public static Map<String, String> of(Map<String, String> variables) {
        Map<String, String> shown = new TreeMap<>();
        variables.forEach((name, value) -> shown.put(
                name, NAMES.matcher(name).matches() && !value.isEmpty() ? HIDDEN : Redaction.withoutSecrets(value)));
        return shown;
    }
}
