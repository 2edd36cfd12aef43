package io.twinbatch.azure.storage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.Base64;

/**
 * The shared key of a storage account. It is a secret, so {@link #toString()} does not show it.
 *
 * @param base64 the key as the account's owner sees it, in Base64
 */
public record AccountKey(String base64) implements StorageCredential {
    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when it is empty or not Base64. */
    public AccountKey {
        if (base64.isBlank() || !isBase64(base64)) {
            throw new BatchException(
                    ErrorCode.INVALID, "storage account key", "it is not a key: Base64 text is expected");
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
