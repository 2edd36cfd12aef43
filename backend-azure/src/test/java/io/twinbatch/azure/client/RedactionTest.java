package io.twinbatch.azure.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void aUrlIsShownWithoutItsQuery() {
        assertThat(Redaction.withoutSecrets("the URL https://a.b/c?sv=1&sig=abc%3D, or 'http://d/e?sig=f' is wrong"))
                .isEqualTo("the URL https://a.b/c?*** or 'http://d/e?***' is wrong");
    }

    @Test
    void whatSignedARequestIsNotShown() {
        assertThat(Redaction.withoutSecrets("found 'SharedKey me:abcdefg+/=' and Bearer eyJhbGciOi.eyJzdWIiOi.c2ln"))
                .isEqualTo("found 'SharedKey me:***' and Bearer ***");
    }

    @Test
    void otherWordsStay() {
        String words = "Neither SharedKey nor Bearer authentication is allowed. See https://a.b/c for more.";

        assertThat(Redaction.withoutSecrets(words)).isEqualTo(words);
    }
}
