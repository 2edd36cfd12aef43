package io.twinbatch.app.run;

import io.twinbatch.local.azurite.AzuriteSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the user wants Azurite to come from.
 *
 * @param source the way
 * @param endpoint with {@link AzuriteSource#ENDPOINT} alone: a URL, or a connection string, which holds a key
 */
public record AzuriteChoice(AzuriteSource source, Optional<String> endpoint) {
    /** Whatever is at hand. */
    public static final AzuriteChoice AUTO = new AzuriteChoice(AzuriteSource.AUTO, Optional.empty());

    /**
     * Reads the user's word.
     *
     * @throws IllegalArgumentException when it is none of those that are understood; the message does not repeat it,
     *     since it may hold a key
     */
    public static AzuriteChoice parse(String text) {
        String word = text.strip();
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "docker" -> new AzuriteChoice(AzuriteSource.DOCKER, Optional.empty());
            case "npm" -> new AzuriteChoice(AzuriteSource.NPM, Optional.empty());
            default -> endpoint(word);
        };
    }

    private static AzuriteChoice endpoint(String word) {
        boolean isUrl = word.startsWith("http://") || word.startsWith("https://");
        boolean isConnectionString = word.contains("AccountName=") || word.contains("UseDevelopmentStorage=");
        if (isUrl || isConnectionString) {
            return new AzuriteChoice(AzuriteSource.ENDPOINT, Optional.of(word));
        }
        throw new IllegalArgumentException("auto, docker, npm, a URL that begins with http://, or a connection string");
    }

    /** Leaves out the endpoint, which may hold a key. */
    @Override
    public String toString() {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
