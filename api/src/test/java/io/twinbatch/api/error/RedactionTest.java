package io.twinbatch.api.error;

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
    void keysPasswordsAndSignaturesAreNotShownWhereverTheyStand() {
        String key = "a/+9".repeat(21) + "aa==";
        assertThat(Redaction.withoutSecrets("AccountName=a;AccountKey=" + key + ";B=c"))
                .isEqualTo("AccountName=a;AccountKey=***;B=c");
        assertThat(Redaction.withoutSecrets("the key " + key + " is wrong")).isEqualTo("the key *** is wrong");
        assertThat(Redaction.withoutSecrets("{\"password\": \"p w\"} MY_SECRET=p, sig%3Dabc%2B"))
                .isEqualTo("{\"password\": \"***\"} MY_SECRET=***, sig%3D***");
        assertThat(Redaction.withoutSecrets("https://me:word@host/path and registry://u:p@h"))
                .isEqualTo("https://***@host/path and registry://***@h");
    }

    @Test
    void otherWordsStay() {
        String words = "Neither SharedKey nor Bearer authentication is allowed. See https://a.b/c for more.";

        assertThat(Redaction.withoutSecrets(words)).isEqualTo(words);
    }
}
