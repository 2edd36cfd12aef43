package io.twinbatch.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerImageTest {
    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "busybox, busybox:latest",
        "busybox:1.36, busybox:1.36",
        "tools/convert, tools/convert:latest",
        "localhost:5000/tools/convert, localhost:5000/tools/convert:latest",
        "Registry.Example.com:443/a_b/c-d.e:V1_x, Registry.Example.com:443/a_b/c-d.e:V1_x"
    })
    void anImageWithoutATagIsTheLatest(String text, String name) {
        assertThat(new ContainerImage(text)).hasToString(name);
    }

    @Test
    void aDigestNamesAnImageWithoutATag() {
        assertThat(new ContainerImage("busybox" + DIGEST).name()).isEqualTo("busybox" + DIGEST);
        assertThat(new ContainerImage("a/b:1" + DIGEST).name()).isEqualTo("a/b:1" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Busybox",
                "a b",
                "busybox:",
                ":1",
                "-busybox",
                "a//b",
                "/a",
                "a/",
                "https://example.com/a",
                "canonical:ubuntu-24_04-lts:server",
                "a@sha256:12",
                "--privileged",
                "a\n"
            })
    void whatIsNoNameOfAnImageIsRefusedWithAnExample(String text) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> new ContainerImage(text))
                .returns(ErrorCode.INVALID, BatchException::code)
                .withMessageContaining("busybox:1.36");
    }

    @Test
    void aNameOfAnyLengthIsRefusedAtOnce() {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> new ContainerImage("a".repeat(1_000_000) + "!"));
    }

    @Test
    void limitsOfAContainerAreMoreThanNothing() {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> ContainerOptions.DEFAULT.withMemory((6L << 20) - 1))
                .withMessageContaining("6 MiB");
        assertThatExceptionOfType(BatchException.class).isThrownBy(() -> ContainerOptions.DEFAULT.withMilliCores(0));
        assertThatExceptionOfType(BatchException.class).isThrownBy(() -> ContainerOptions.DEFAULT.withSharedMemory(0));
        assertThat(ContainerOptions.DEFAULT.withMemory(6L << 20).memoryBytes()).hasValue(6L << 20);
    }
}
