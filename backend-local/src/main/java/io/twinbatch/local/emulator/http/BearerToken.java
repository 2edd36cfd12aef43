package io.twinbatch.local.emulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Looks at a token of Microsoft Entra ID: whether it has the shape of one, is meant for the Batch service, and is valid
 * now. Whether Entra ID has signed it is not checked: the emulator has no way to know Entra's keys.
 */
final class BearerToken {
    private static final String AUDIENCE = "https://batch.core.windows.net";
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private BearerToken() {}

    /** What is wrong with a token, in a sentence; empty when nothing is. */
    static Optional<String> fault(String token, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            return Optional.of("The token is no JSON Web Token: it should have three parts with dots between them.");
        }
        Optional<JsonNode> header = object(parts[0]);
        Optional<JsonNode> claims = object(parts[1]);
        if (header.isEmpty() || !header.get().path("alg").isTextual() || claims.isEmpty()) {
            return Optional.of("The token is no JSON Web Token: its header or its claims cannot be read.");
        }
        return claimFault(claims.get(), now);
    }

    private static Optional<String> claimFault(JsonNode claims, Instant now) {
        String audience = claims.path("aud").asText("");
        if (!audience.equals(AUDIENCE) && !audience.equals(AUDIENCE + "/")) {
            return Optional.of("The token is not meant for the Batch service: its audience is not " + AUDIENCE + "/.");
        }
        if (!claims.path("exp").isNumber()) {
            return Optional.of("The token does not say when it expires.");
        }
        if (claims.path("exp").doubleValue() <= now.getEpochSecond()) {
            return Optional.of("The token has expired.");
        }
        if (claims.path("nbf").asDouble(0) > now.plus(CLOCK_DIFFERENCE).getEpochSecond()) {
            return Optional.of("The token is not valid yet.");
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> object(String part) {
        try {
            return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(part)))
                    .filter(JsonNode::isObject);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }
}
