package io.twinbatch.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "20m, PT20M",
        "1h30m, PT1H30M",
        "2d, PT48H",
        "1d2h3m4s, PT26H3M4S",
        "PT20M, PT20M",
        "pt0.5s, PT0.5S",
        "' 5M ', PT5M"
    })
    void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "0s", "-5m", "1m1h", "m", "soon", "PT", "PT-1S", "99999999999s", "1.5h"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20m")
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "0s, PT0S", "PT0S, PT0S", "PT0.5S, PT0.5S", "90s, PT1M30S", "10m, PT10M"})
    void durationsUpToALongestOneMayBeZero(String text, Duration expected) {
        assertThat(Durations.parseUpTo(Duration.ofMinutes(10), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "00", "-0.5s", "PT-1S", "601s", "1d", "soon"})
    void longerOnesAreRefused(String text) {
        assertThatThrownBy(() -> Durations.parseUpTo(Duration.ofMinutes(10), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 10m")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void theMessageIsOneLine() {
        assertThatThrownBy(() -> Durations.parse("x")).message().doesNotContain("\n");
    }
}
