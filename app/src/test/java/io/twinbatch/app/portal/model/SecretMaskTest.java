package io.twinbatch.app.portal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD",
                "db_passwd",
                "PASSPHRASE",
                "API_KEY",
                "apikey",
                "MY_SECRET_2",
                "GITHUB_TOKEN",
                "AZURE_STORAGE_KEY",
                "STORAGE_SAS",
                "SAS",
                "AZURE_CREDENTIALS",
                "CONNECTION_STRING",
                "ConnectionString",
                "HTTP_AUTH",
                "GH_PAT",
                "PRIVATE_KEY_FILE",
                "KEY1",
                "SESSION_ID",
                "MYSQL_PWD"
            })
    void aValueWhoseNameSoundsSecretIsHidden(String name) {
        assertThat(SecretMask.of(Map.of(name, "v-123"))).containsEntry(name, "(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "KEYBOARD",
                "MONKEY",
                "AUTHOR",
                "COMPASS",
                "INPUT_URL",
                "PATTERN",
                "AZ_BATCH_NODE_SHARED_DIR"
            })
    void aValueWhoseNameDoesNotIsShown(String name) {
        assertThat(SecretMask.of(Map.of(name, "v-123"))).containsEntry(name, "v-123");
    }

    @Test
    void aSignatureIsHiddenWhateverItsName() {
        assertThat(SecretMask.of(Map.of("INPUT", "https://h.example/c/o?sv=1&sig=abc%3D")))
                .containsEntry("INPUT", "https://h.example/c/o?***");
        assertThat(SecretMask.of(Map.of("X", "A".repeat(86) + "=="))).containsEntry("X", "***");
        assertThat(SecretMask.of(Map.of("SAS", ""))).as("nothing is no secret").containsEntry("SAS", "");
    }
}
