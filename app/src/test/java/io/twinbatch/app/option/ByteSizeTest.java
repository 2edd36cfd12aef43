package io.twinbatch.app.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "500k, 512000",
        "500K, 512000",
        "64MiB, 67108864",
        "1M, 1048576",
        "2G, 2147483648",
        "3GiB, 3221225472",
        "4kB, 4000",
        "5MB, 5000000",
        "6 GB, 6000000000",
        "7B, 7"
    })
    void unitsAreThoseOfGnuPrograms(String text, long bytes) {
        assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "0M", "-1", "1.5M", "M", "1T", "1 M B", "99999999999999999999", "999999999999999999G"})
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new ByteSize().convert(text))
                .withMessageContaining("such as 64MiB, 1M or 500k");
    }
}
