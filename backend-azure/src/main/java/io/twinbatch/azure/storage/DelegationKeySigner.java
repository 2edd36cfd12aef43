package io.twinbatch.azure.storage;

import com.azure.storage.blob.models.UserDelegationKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs with a key that the service lends to an identity, by the rules of <a
 * href="https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas">user delegation SAS</a> as they
 * are since version 2026-04-06.
 */
final class DelegationKeySigner implements SasSigner {
    private final DelegationKeys keys;
    private final boolean shortens;

    /**
     * Signs with lent keys.
     *
     * @param shortens whether a lifetime that no key has is cut, instead of being refused
     */
    DelegationKeySigner(DelegationKeys keys, boolean shortens) {
        this.keys = keys;
        this.shortens = shortens;
    }

    @Override
    public Instant expiry(Instant wanted) {
        Instant last = keys.last();
        return shortens && wanted.isAfter(last) ? last : wanted;
    }

    @Override
    public Map<String, String> sign(SasValues values) {
        UserDelegationKey key = keys.until(values.expires(), values.resource());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("skoid", key.getSignedObjectId());
        fields.put("sktid", key.getSignedTenantId());
        fields.put("skt", time(key.getSignedStart()));
        fields.put("ske", time(key.getSignedExpiry()));
        fields.put("sks", key.getSignedService());
        fields.put("skv", key.getSignedVersion());
        String lender = String.join("\n", fields.values());
        // After the lender: whom the URL is for (five fields) and from which address; after the kind: the snapshot, the
        // encryption scope, what the answer's five headers are to be, and what has to be in the request. None is used.
        String text = String.join(
                "\n",
                values.permissions(),
                "",
                values.expires().toString(),
                values.canonical(),
                lender,
                "\n".repeat(5),
                values.protocol(),
                values.version(),
                values.kind(),
                "\n".repeat(8));
        fields.put("sig", new SigningKey(key.getValue()).sign(text));
        return fields;
    }

    private static String time(OffsetDateTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
