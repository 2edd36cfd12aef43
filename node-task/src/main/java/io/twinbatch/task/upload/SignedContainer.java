package io.twinbatch.task.upload;

import io.twinbatch.task.PercentNames;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;

/** The signed URL of the output container. Its query is a secret that must not appear in any output. */
public final class SignedContainer {
    /** The environment variable with the signed URL of the output container. */
    public static final String VARIABLE = "TWINBATCH_OUTPUT_URL";

    private final String base;
    private final String query;

    private SignedContainer(String base, String query) {
        this.base = base;
        this.query = query;
    }

    /**
     * Reads the URL; what is wrong with it is said without repeating it.
     *
     * @param source what the URL is, for messages
     */
    public static SignedContainer parse(String signedUrl, String source) throws TaskException {
        int question = signedUrl.indexOf('?');
        String base = question < 0 ? signedUrl : signedUrl.substring(0, question);
        String query = question < 0 ? "" : signedUrl.substring(question + 1);
        for (int at = 0; at < signedUrl.length(); at++) {
            char character = signedUrl.charAt(at);
            if (character <= ' ' || character > '~' || character == '#') {
                throw unusable(source, "it has a character that no such URL has");
            }
        }
        URL url;
        try {
            url = new URL(base);
        } catch (MalformedURLException e) {
            throw unusable(source, "it is no URL");
        }
        String scheme = url.getProtocol();
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw unusable(source, "it is neither http nor https");
        }
        if (url.getHost().isEmpty() || url.getUserInfo() != null) {
            throw unusable(source, "it needs a host, and no user name");
        }
        return new SignedContainer(base.endsWith("/") ? base.substring(0, base.length() - 1) : base, query);
    }

    /** The URL to put an object to. */
    URL object(String name) throws MalformedURLException {
        return new URL(query.isEmpty() ? withoutSecret(name) : withoutSecret(name) + "?" + query);
    }

    /** Where the container is, for the choice of the way there. */
    URI endpoint() throws TaskException {
        try {
            URL url = new URL(base);
            return new URI(url.getProtocol(), null, url.getHost(), url.getPort(), "", null, null);
        } catch (MalformedURLException | URISyntaxException e) {
            throw unusable("the URL of the container", "its host is malformed");
        }
    }

    /** When the signature expires, as the URL has it; empty when it does not say. */
    String expiry() {
        for (String field : query.split("&", -1)) {
            if (field.startsWith("se=")) {
                return field.substring("se=".length()).replace("%3A", ":").replace("%3a", ":");
            }
        }
        return "";
    }

    /** The object's URL as it may be shown. */
    String withoutSecret(String name) {
        return base + "/" + PercentNames.encode(name);
    }

    /** The text with the query taken out, should it be there. */
    String scrub(String text) {
        return query.isEmpty() ? text : text.replace(query, "...");
    }

    private static TaskException unusable(String source, String reason) {
        return new TaskException(TaskExitCode.USAGE, source + " cannot be used: " + reason);
    }
}
