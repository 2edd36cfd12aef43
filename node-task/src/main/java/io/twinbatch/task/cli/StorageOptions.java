package io.twinbatch.task.cli;

import io.twinbatch.task.FileReason;
import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.upload.SignedContainer;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the command line says of the container that the outputs go to. Each is null when it is not given.
 *
 * @param account the name of a storage account, or the URL of its blob service
 * @param container the container's name
 * @param sasToken the query of the container's signed URL
 * @param sasTokenFile a file that holds the token
 */
record StorageOptions(String account, String container, String sasToken, String sasTokenFile) {
    private static final int MAX_TOKEN_LENGTH = 1 << 14;

    static StorageOptions of(Options options) throws TaskException {
        boolean token = options.sasToken != null || options.sasTokenFile != null;
        if (options.sasToken != null && options.sasTokenFile != null) {
            throw TaskException.usage("--sastoken and --sastoken-file cannot be given together");
        }
        if (token && options.storageAccount == null) {
            throw TaskException.usage("a SAS token needs --storageaccount and --storagecontainer");
        }
        if (options.storageAccount != null && options.storageContainer == null) {
            throw TaskException.usage("--storageaccount needs --storagecontainer");
        }
        return new StorageOptions(
                options.storageAccount, options.storageContainer, options.sasToken, options.sasTokenFile);
    }

    /**
     * The container in the account, with the token as its signature.
     *
     * @param tokenOfEnvironment the token when the command line has none; may be null
     */
    SignedContainer signedContainer(String tokenOfEnvironment) throws TaskException {
        if (!isName(container)) {
            throw TaskException.usage("'" + PlainText.text(container) + "' is not the name of a container");
        }
        return SignedContainer.parse(
                endpoint() + "/" + container + "?" + token(tokenOfEnvironment),
                "the signed URL of the container '" + container + "', made from --storageaccount and the SAS token,");
    }

    private String endpoint() throws TaskException {
        if (account.startsWith("http://") || account.startsWith("https://")) {
            if (account.indexOf('?') >= 0) {
                throw TaskException.usage("--storageaccount takes a name, or a URL without a query");
            }
            return account.endsWith("/") ? account.substring(0, account.length() - 1) : account;
        }
        if (!isName(account)) {
            throw TaskException.usage(
                    "--storageaccount is neither the name of an account nor the URL of its blob service");
        }
        return "https://" + account + ".blob.core.windows.net";
    }

    private String token(String ofEnvironment) throws TaskException {
        String given = sasTokenFile != null ? read(sasTokenFile) : sasToken != null ? sasToken : ofEnvironment;
        String token = given == null ? "" : given.strip();
        String query = token.startsWith("?") ? token.substring(1) : token;
        if (query.isEmpty()) {
            throw TaskException.usage("the SAS token of the container '" + container
                    + "' is missing: give --sastoken or" + " --sastoken-file, or set " + Program.SAS_TOKEN);
        }
        return query;
    }

    private static String read(String path) throws TaskException {
        try (InputStream in = new FileInputStream(new File(path))) {
            return new String(in.readNBytes(MAX_TOKEN_LENGTH), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw TaskException.usage(
                    "cannot read the SAS token in '" + PlainText.text(path) + "': " + FileReason.of(e));
        }
    }

    /** Letters, digits, hyphens, and the dollar of containers that the service names. */
    private static boolean isName(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            boolean plain = character < 0x80 && Character.isLetterOrDigit(character);
            if (!plain && character != '-' && character != '$') {
                return false;
            }
        }
        return true;
    }

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "container " + container + " of the account " + account;
    }
}
