package io.twinbatch.azure.connection;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ServiceError;
import java.util.Collection;

/**
 * Answers of services that take no keys of accounts, however right these are: the account refuses keys (<a
 * href="https://learn.microsoft.com/azure/batch/batch-authmode-property">allowedAuthenticationModes</a> of a Batch account, <a
 * href="https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent">allowSharedKeyAccess</a> of a
 * storage account), or a pool needs resources that only an identity may use.
 */
public final class KeyRefusals {
    /** What the caller has to do. */
    public static final String WORDS =
            "an account's key is not accepted for this; sign in with Microsoft Entra ID (az login)"
                    + " instead, and do not set the key";

    /**
     * The Batch service says {@code AuthenticationFailed}, as for a wrong key, and this in its details: <a
     * href="https://github.com/Azure/BatchExplorer/issues/239">for an account</a>, <a
     * href="https://github.com/MicrosoftDocs/azure-docs/issues/51092">for an image</a>.
     */
    private static final String BATCH_DETAIL = "authentication SharedKey is not allowed";

    private static final String STORAGE_CODE = "KeyBasedAuthenticationNotPermitted";

    private KeyRefusals() {}

    /** Whether the answer of a service with such a code and such details refuses keys. */
    public static boolean matches(String serviceCode, Collection<String> details) {
        return serviceCode.equals(STORAGE_CODE)
                || details.stream().anyMatch(detail -> detail != null && detail.contains(BATCH_DETAIL));
    }

    /** Whether a failure is such an answer. */
    public static boolean matches(BatchException failure) {
        return failure.serviceError().filter(KeyRefusals::matches).isPresent();
    }

    private static boolean matches(ServiceError said) {
        return matches(said.code(), said.details().values());
    }
}
