package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The account that an Azurite of ours serves. The key is made for its data folder and kept there: the published key of
 * emulators would open the data to every user of the machine.
 *
 * @param name the account's name
 * @param key its key
 */
record AzuriteAccount(String name, AccountKey key) {
    /** The environment variable by which Azurite learns of it. */
    static final String VARIABLE = "AZURITE_ACCOUNTS";

    private static final String NAME = "twinbatch";
    private static final String KEY_FILE = "account.key";
    private static final int KEY_BYTES = 64;

    /** The account of a data folder, made with its folder when there is none. */
    static AzuriteAccount of(Path dataDir) {
        Path file = dataDir.resolve(KEY_FILE);
        try {
            PrivateFiles.createFolder(dataDir);
            if (!Files.exists(file)) {
                PrivateFiles.writeNew(file, newKey());
            } else if (PrivateFiles.isOpenToOthers(file)) {
                PrivateFiles.restrict(file);
            }
            return new AzuriteAccount(
                    NAME, new AccountKey(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "Azurite",
                    "its data folder " + dataDir + " cannot be written: " + FailureReason.of(e),
                    e);
        }
    }

    /** The account of a data folder; empty when none has been made. */
    static Optional<AzuriteAccount> existing(Path dataDir) {
        Path file = dataDir.resolve(KEY_FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(new AzuriteAccount(
                            NAME, new AccountKey(Files.readString(file).strip())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The way to it at a port of the loopback address. */
    BlobStoreConfig at(int port) {
        return new BlobStoreConfig(URI.create("http://127.0.0.1:" + port + "/" + name), name, key);
    }

    /** The value of {@link #VARIABLE}; a secret. */
    String variableValue() {
        return name + ":" + key.base64();
    }

    private static String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
