package io.twinbatch.azure.client;

import com.azure.core.credential.TokenCredential;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.Base64;
import java.util.Objects;

/** How a client of the Batch service proves who it is. */
public sealed interface BatchCredential {
    /**
     * The account's shared key. It is a secret, so {@link #toString()} does not show it.
     *
     * @param account the Batch account's name
     * @param key one of its two keys, in Base64
     */
    record SharedKey(String account, String key) implements BatchCredential {
        /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a part is empty or malformed. */
        public SharedKey {
            if (account.isBlank()) {
                throw new BatchException(ErrorCode.INVALID, "Batch account", "the account's name is missing");
            }
            if (key.isBlank() || !isBase64(key)) {
                throw new BatchException(
                        ErrorCode.INVALID, "Batch account key", "it is not a key: Base64 text is expected");
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
            return "SharedKey[account=" + account + ", key=***]";
        }
    }

    /**
     * Tokens of Microsoft Entra ID. The service takes them over https alone.
     *
     * @param tokens where they come from
     * @param scope what they are for
     */
    record EntraToken(TokenCredential tokens, String scope) implements BatchCredential {
        public EntraToken {
            Objects.requireNonNull(tokens, "tokens");
            Objects.requireNonNull(scope, "scope");
        }
    }
}
