package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a record keeps of a client's document, and the document that is shown again. The specification of a record is the
 * only truth about what the engine models; the kept document holds the rest. Values that can be written in several ways,
 * such as durations, keep the client's spelling as long as it says the same as the specification.
 */
public final class KeptDocuments {
    /** Properties that are never kept and never shown, wherever they stand. */
    private static final Set<String> SECRETS =
            Set.of("password", "sshPrivateKey", "accountKey", "sasKey", "protectedSettings");

    private KeptDocuments() {}

    /** The text that a record keeps of a document: everything but secrets and the named properties. */
    public static Optional<String> without(ObjectNode document, Collection<String> modelled) {
        ObjectNode kept = document.deepCopy().without(modelled);
        forgetSecrets(kept);
        return Optional.of(kept.toString());
    }

    private static void forgetSecrets(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(SECRETS);
        }
        node.forEach(KeptDocuments::forgetSecrets);
    }

    /** Shows names and values of a specification, in the client's order when it is the client who wrote them. */
    public static void putNamedValues(ObjectNode document, String name, Map<String, String> values) {
        if (CommonDocuments.environment(document.path(name)).equals(values)) {
            return;
        }
        document.remove(name);
        CommonDocuments.putUnlessEmpty(document, name, CommonDocuments.namedValues(values));
    }

    /** Shows a bound of time of a specification. */
    public static void putLimit(ObjectNode document, String name, Optional<Duration> limit) {
        if (!document.has(name) || !CommonDocuments.limit(document, name).equals(limit)) {
            document.put(name, limit.map(Duration::toString).orElse(CommonDocuments.UNLIMITED));
        }
    }
}
