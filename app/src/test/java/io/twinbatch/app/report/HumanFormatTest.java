package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "430, 0.4 s",
        "9949, 9.9 s",
        "9950, 10 s",
        "59400, 59 s",
        "59600, 1 min",
        "200000, 3 min 20 s",
        "1200000, 20 min",
        "7500000, 2 h 05 min",
        "-5, 0.0 s"
    })
    void timesAreShort(long millis, String expected) {
        assertThat(HumanFormat.duration(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @Test
    void sizesHaveTheUnitThatFits() {
        assertThat(HumanFormat.size(0)).isEqualTo("0 bytes");
        assertThat(HumanFormat.size(1)).isEqualTo("1 byte");
        assertThat(HumanFormat.size(1023)).isEqualTo("1,023 bytes");
        assertThat(HumanFormat.size(1536)).isEqualTo("1.5 KiB");
        assertThat(HumanFormat.size(3L << 30)).isEqualTo("3.0 GiB");
    }

    @Test
    void nounsFollowTheirNumber() {
        assertThat(HumanFormat.count(1, "file")).isEqualTo("1 file");
        assertThat(HumanFormat.count(10_000, "file")).isEqualTo("10,000 files");
    }
}
