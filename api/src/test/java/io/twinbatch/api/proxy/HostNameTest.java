package io.twinbatch.api.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({"[::1]:10180, ::1", "[FE80::1], fe80::1", "Lab-7:80, lab-7", "127.0.0.1, 127.0.0.1"})
    void theNameInAnAuthorityHasNeitherPortNorBrackets(String authority, String name) {
        assertThat(HostName.of(authority)).hasValue(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "::1", "[::1", "a@b", "a/b", "a:port", "[x]"})
    void aMalformedAuthorityHasNone(String authority) {
        assertThat(HostName.of(authority)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 127.0.0.1",
        "::, 127.0.0.1",
        "[::], 127.0.0.1",
        "::1, [::1]",
        "[::1], [::1]",
        "192.0.2.7, 192.0.2.7"
    })
    void theUrlOfAServerLeadsToIt(String listening, String host) {
        assertThat(HostName.inUrl(listening)).isEqualTo(host);
    }
}
