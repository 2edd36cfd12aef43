package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.document.Schemas.FLAG;
import static io.twinbatch.local.emulator.document.Schemas.TEXT;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.listOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommonSchemas;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;

/**
 * The file systems that nodes mount and the extensions of their machines (<a
 * href="https://learn.microsoft.com/rest/api/batchservice/pool/add-pool#mountconfiguration">the service's
 * description</a>). Nodes are folders here and have neither, so that a pool with them is kept only while it has no nodes.
 */
final class MountsAndExtensions {
    private static final String MOUNTS_NAME = "mountConfiguration";
    private static final String EXTENSIONS_NAME = "extensions";

    static final Schema MOUNTS = listOf(new ObjectSchema()
            .mayHave(
                    "azureBlobFileSystemConfiguration",
                    new ObjectSchema()
                            .needs("accountName", WORDS)
                            .needs("containerName", WORDS)
                            .mayHave("accountKey", TEXT)
                            .mayHave("sasKey", TEXT)
                            .mayHave("blobfuseOptions", TEXT)
                            .needs("relativeMountPath", WORDS)
                            .mayHave("identityReference", CommonSchemas.IDENTITY)
                            .exactlyOneOf("accountKey", "sasKey", "identityReference"))
            .mayHave("nfsMountConfiguration", source())
            .mayHave("cifsMountConfiguration", source().needs("username", WORDS).needs("password", TEXT))
            .mayHave(
                    "azureFileShareConfiguration",
                    new ObjectSchema()
                            .needs("accountName", WORDS)
                            .needs("azureFileUrl", WORDS)
                            .needs("accountKey", TEXT)
                            .needs("relativeMountPath", WORDS)
                            .mayHave("mountOptions", TEXT))
            .exactlyOneOf(
                    "azureBlobFileSystemConfiguration",
                    "nfsMountConfiguration",
                    "cifsMountConfiguration",
                    "azureFileShareConfiguration"));

    static final Schema EXTENSIONS = listOf(new ObjectSchema()
            .needs("name", WORDS)
            .needs("publisher", WORDS)
            .needs("type", WORDS)
            .mayHave("typeHandlerVersion", TEXT)
            .mayHave("autoUpgradeMinorVersion", FLAG)
            .mayHave("enableAutomaticUpgrade", FLAG)
            .mayHave("settings", PoolSchemas::kept)
            .mayHave("protectedSettings", PoolSchemas::kept)
            .mayHave("provisionAfterExtensions", listOf(WORDS)));

    private MountsAndExtensions() {}

    private static ObjectSchema source() {
        return new ObjectSchema()
                .needs("source", WORDS)
                .needs("relativeMountPath", WORDS)
                .mayHave("mountOptions", TEXT);
    }

    /**
     * Requires that a pool which is to have nodes asks for neither.
     *
     * @param pool its document
     * @throws io.twinbatch.local.emulator.http.ServiceFault 400 when it asks for one
     */
    static void requireNone(JsonNode pool) {
        if (!pool.path(MOUNTS_NAME).isEmpty()) {
            throw BodyFaults.unsupported(
                    MOUNTS_NAME, "nodes are folders of this machine and mount nothing; here such a pool has no nodes.");
        }
        JsonNode extensions = pool.path("virtualMachineConfiguration").path(EXTENSIONS_NAME);
        if (!extensions.isEmpty()) {
            throw BodyFaults.unsupported(
                    "virtualMachineConfiguration." + EXTENSIONS_NAME,
                    "nodes are no virtual machines and have no extensions; here such a pool has no nodes.");
        }
    }
}
