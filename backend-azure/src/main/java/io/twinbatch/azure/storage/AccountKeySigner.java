package io.twinbatch.azure.storage;

import java.util.Map;

/**
 * Signs with an account's key, by the rules of <a
 * href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas">service SAS</a>.
 */
final class AccountKeySigner implements SasSigner {
    private final SigningKey key;

    AccountKeySigner(AccountKey key) {
        this.key = new SigningKey(key.base64());
    }

    @Override
    public Map<String, String> sign(SasValues values) {
        // The signature covers exactly these values, in this order, the ones that are not used left empty.
        String text = String.join(
                "\n",
                values.permissions(),
                "",
                values.expires().toString(),
                values.canonical(),
                "",
                "",
                values.protocol(),
                values.version(),
                values.kind(),
                "",
                "",
                "",
                "",
                "",
                "",
                "");
        return Map.of("sig", key.sign(text));
    }
}
