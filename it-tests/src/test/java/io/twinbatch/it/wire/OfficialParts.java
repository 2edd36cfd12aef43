package io.twinbatch.it.wire;

import com.microsoft.azure.batch.protocol.models.AutoUserScope;
import com.microsoft.azure.batch.protocol.models.AutoUserSpecification;
import com.microsoft.azure.batch.protocol.models.ElevationLevel;
import com.microsoft.azure.batch.protocol.models.EnvironmentSetting;
import com.microsoft.azure.batch.protocol.models.MetadataItem;
import com.microsoft.azure.batch.protocol.models.ResourceFile;
import com.microsoft.azure.batch.protocol.models.UserIdentity;
import io.twinbatch.api.storage.SignedUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small parts of specifications, in the official client's terms and in ours. */
final class OfficialParts {
    private OfficialParts() {}

    /** A URL whose path and query hold percent-encoded characters. */
    static SignedUrl signed(String name) {
        return new SignedUrl(
                URI.create("https://a.blob.core.windows.net/c%20d/" + name + "?sv=2024-01-01&sig=a%2Bb%2Fc%3D"),
                Map.of("x-ms-blob-type", "BlockBlob", "x-ms-access-tier", "Cool"),
                Instant.EPOCH);
    }

    static ResourceFile resourceFile(SignedUrl source, String path) {
        return new ResourceFile().withHttpUrl(source.url().toString()).withFilePath(path);
    }

    static List<EnvironmentSetting> environment(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable ->
                        new EnvironmentSetting().withName(variable.getKey()).withValue(variable.getValue()))
                .toList();
    }

    static List<MetadataItem> metadata(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> new MetadataItem().withName(value.getKey()).withValue(value.getValue()))
                .toList();
    }

    /** The user of every task of a pool, with administrator rights. */
    static UserIdentity administrator() {
        return new UserIdentity()
                .withAutoUser(new AutoUserSpecification()
                        .withScope(AutoUserScope.POOL)
                        .withElevationLevel(ElevationLevel.ADMIN));
    }
}
