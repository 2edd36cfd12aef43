package io.twinbatch.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunArgumentsTest {
    @Test
    void whatOptionsAreWrittenAsIsReadAsThoseOptions() {
        ContainerOptions all = ContainerOptions.DEFAULT
                .withMemory(64 << 20)
                .withMilliCores(1500)
                .withSharedMemory(2 << 20)
                .withoutNetwork()
                .withReadOnlyImage();
        for (ContainerOptions options : List.of(ContainerOptions.DEFAULT, all, all.withEntryPoint())) {
            assertThat(RunArguments.parse("--rm " + String.join(" ", options.runArguments())))
                    .isEqualTo(options);
        }
    }

    @Test
    void valuesMayFollowTheirNamesAndHaveUnits() {
        assertThat(RunArguments.parse(" --memory 1g  --shm-size=64k --cpus 0.5 --net none "))
                .isEqualTo(ContainerOptions.DEFAULT
                        .withEntryPoint()
                        .withMemory(1 << 30)
                        .withSharedMemory(64 << 10)
                        .withMilliCores(500)
                        .withoutNetwork());
        assertThat(RunArguments.parse("")).isEqualTo(ContainerOptions.DEFAULT.withEntryPoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--privileged", "--memory=lots", "--cpus", "--network=host", "--entrypoint=/bin/sh", "x"})
    void whatNoOptionStandsForIsRefused(String text) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> RunArguments.parse(text))
                .returns(ErrorCode.INVALID, BatchException::code);
    }
}
