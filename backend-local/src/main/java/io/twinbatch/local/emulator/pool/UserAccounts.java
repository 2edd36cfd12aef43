package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.document.Schemas.TEXT;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.number;
import static io.twinbatch.local.emulator.document.Schemas.oneOf;
import static io.twinbatch.local.emulator.document.Schemas.refined;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.ObjectSchema;
import java.util.Locale;

/**
 * The user accounts of a pool's nodes (<a
 * href="https://learn.microsoft.com/rest/api/batchservice/pool/add#useraccount">the service's description</a>).
 */
public final class UserAccounts {
    private static final String WINDOWS = "windowsUserConfiguration";
    private static final int MAX_NAME = 20;

    static final ObjectSchema ACCOUNT = new ObjectSchema()
            .needs(
                    "name",
                    refined(
                            WORDS,
                            "It has more than " + MAX_NAME + " characters.",
                            name -> name.textValue()
                                            .codePointCount(0, name.textValue().length())
                                    <= MAX_NAME))
            .needs("password", TEXT)
            .mayHave("elevationLevel", oneOf("nonadmin", "admin"), "nonadmin")
            .mayHave(
                    "linuxUserConfiguration",
                    refined(
                            new ObjectSchema()
                                    .mayHave("uid", number(0, Integer.MAX_VALUE))
                                    .mayHave("gid", number(0, Integer.MAX_VALUE))
                                    .mayHave("sshPrivateKey", TEXT),
                            "The uid and the gid are given both or not at all.",
                            user -> user.has("uid") == user.has("gid")))
            .mayHave(WINDOWS, new ObjectSchema().mayHave("loginMode", oneOf("batch", "interactive"), "batch"));

    private UserAccounts() {}

    /** Whether the image of a pool is one of Windows, by its node agent. */
    public static boolean isOfWindows(JsonNode pool) {
        return pool.path("virtualMachineConfiguration")
                .path("nodeAgentSKUId")
                .asText("")
                .toLowerCase(Locale.ROOT)
                .startsWith("batch.node.windows");
    }

    /**
     * Completes the user accounts of a pool.
     *
     * @throws io.twinbatch.local.emulator.http.ServiceFault 400 when one is configured for Windows on a pool of Linux;
     *     a configuration for Linux on a pool of Windows means nothing, as documented
     */
    static void complete(ObjectNode pool) {
        boolean windows = isOfWindows(pool);
        for (JsonNode account : pool.path("userAccounts")) {
            if (!windows && account.has(WINDOWS)) {
                throw BodyFaults.invalid(
                        "userAccounts." + WINDOWS, account.get(WINDOWS), "The pool's image is not one of Windows.");
            }
            ACCOUNT.complete((ObjectNode) account);
        }
    }
}
