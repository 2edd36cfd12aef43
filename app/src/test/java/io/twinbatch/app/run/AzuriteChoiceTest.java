package io.twinbatch.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.local.azurite.AzuriteSource;
import org.junit.jupiter.api.Test;

class AzuriteChoiceTest {
    private static final String CONNECTION =
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/a;";

    @Test
    void theWaysAreKnownByName() {
        assertThat(AzuriteChoice.parse("auto").source()).isEqualTo(AzuriteSource.AUTO);
        assertThat(AzuriteChoice.parse("Docker").source()).isEqualTo(AzuriteSource.DOCKER);
        assertThat(AzuriteChoice.parse("npm").source()).isEqualTo(AzuriteSource.NPM);
    }

    @Test
    void aUrlOrAConnectionStringIsAnEndpoint() {
        assertThat(AzuriteChoice.parse("http://127.0.0.1:10000/devstoreaccount1")
                        .endpoint())
                .contains("http://127.0.0.1:10000/devstoreaccount1");
        assertThat(AzuriteChoice.parse(CONNECTION).endpoint()).contains(CONNECTION);
    }

    @Test
    void aKeyIsNeverShown() {
        assertThat(AzuriteChoice.parse(CONNECTION)).asString().doesNotContain("c2VjcmV0");
        assertThatThrownBy(() -> AzuriteChoice.parse("AccountKey=c2VjcmV0"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("c2VjcmV0");
    }
}
