package io.twinbatch.local.emulator.node;

import static io.twinbatch.local.emulator.document.Schemas.FLAG;
import static io.twinbatch.local.emulator.document.Schemas.TEXT;
import static io.twinbatch.local.emulator.document.Schemas.TIME;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.refined;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.CommonSchemas;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;
import io.twinbatch.local.record.NodeUser;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Documents about the users and the logs of nodes. */
final class NodeDocuments {
    private static final Duration USUAL_LIFE = Duration.ofDays(1);

    /** As OpenSSH writes one: its type, itself in base64, a comment; some clients send the base64 alone. */
    private static final Pattern KEY = Pattern.compile("([a-z0-9@.-]+ +)?[A-Za-z0-9+/]{32,}={0,2}( .*)?\\s*");

    private static final Schema PUBLIC_KEY = refined(
            TEXT,
            "It is no public key as OpenSSH writes one.",
            key -> KEY.matcher(key.textValue()).matches());

    private static final ObjectSchema SECRETS = new ObjectSchema()
            .mayHave("password", WORDS)
            .mayHave("sshPublicKey", PUBLIC_KEY)
            .mayHave("expiryTime", TIME);

    private static final ObjectSchema ADD_USER =
            new ObjectSchema().needs("name", WORDS).mayHave("isAdmin", FLAG).like(SECRETS);

    private static final ObjectSchema UPLOAD = new ObjectSchema()
            .needs("containerUrl", WORDS)
            .needs("startTime", TIME)
            .mayHave("endTime", TIME)
            .mayHave("identityReference", CommonSchemas.IDENTITY);

    private NodeDocuments() {}

    /**
     * The user account that a client asks for.
     *
     * @param windows whether the node's image is one of Windows
     */
    static NodeUser user(String body, boolean windows, Instant now) {
        ObjectNode document = Bodies.needed(body, ADD_USER);
        requireFit(document, windows);
        if (!document.has("password") && !document.has("sshPublicKey")) {
            throw BodyFaults.missing(windows ? "password" : "password, sshPublicKey");
        }
        return new NodeUser(
                document.get("name").textValue(), document.path("isAdmin").asBoolean(false), expiry(document, now));
    }

    /** When a user account is to expire that a client changes. */
    static Instant changedExpiry(String body, boolean windows, Instant now) {
        ObjectNode document = Bodies.needed(body, SECRETS);
        requireFit(document, windows);
        return expiry(document, now);
    }

    private static void requireFit(ObjectNode document, boolean windows) {
        if (windows && document.has("sshPublicKey")) {
            throw BodyFaults.invalid(
                    "sshPublicKey", document.get("sshPublicKey"), "Nodes with an image of Windows take no keys.");
        }
    }

    private static Instant expiry(ObjectNode document, Instant now) {
        return CommonDocuments.text(document, "expiryTime")
                .map(NodeDocuments::time)
                .orElseGet(() -> now.plus(USUAL_LIFE));
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /**
     * Logs that are to be uploaded.
     *
     * @param container where to
     * @param from the beginning of the range of time
     * @param to its end
     */
    record LogOrder(SignedUrl container, Instant from, Instant to) {}

    /** The logs that a client asks for. */
    static LogOrder logs(String body, Instant now) {
        ObjectNode document = Bodies.needed(body, UPLOAD);
        Instant from = time(document.get("startTime").textValue());
        Instant to = CommonDocuments.text(document, "endTime")
                .map(NodeDocuments::time)
                .orElse(now);
        if (to.isBefore(from) && document.has("endTime")) {
            throw BodyFaults.invalid("endTime", document.get("endTime"), "It is before the startTime.");
        }
        return new LogOrder(CommonDocuments.uploadTarget(document), from, to);
    }
}
