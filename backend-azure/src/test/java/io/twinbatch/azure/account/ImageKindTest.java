package io.twinbatch.azure.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.VmImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageKindTest {
    @ParameterizedTest
    @CsvSource({
        "canonical, ubuntu-24_04-lts, server, V2, X64",
        "Canonical, ubuntu-24_04-lts, server-gen1, V1, X64",
        "canonical, ubuntu-24_04-lts, server-arm64, V2, ARM64",
        "canonical, 0001-com-ubuntu-server-jammy, 22_04-lts, V1, X64",
        "canonical, 0001-com-ubuntu-server-jammy, 22_04-lts-gen2, V2, X64",
        "almalinux, almalinux-arm, 9-arm-gen2, V2, ARM64",
        "almalinux, almalinux, 8-gen1, V1, X64",
        "microsoftwindowsserver, windowsserver, 2022-datacenter-g2, V2, X64",
        "microsoft-dsvm, ubuntu-hpc, 2204, , X64",
        "debian, debian-12, 12, , X64"
    })
    void theNamesOfAnImageSayForWhichMachinesItIs(
            String publisher, String offer, String sku, HyperVGeneration generation, CpuArchitecture architecture) {
        ImageKind kind = ImageKind.of(new VmImage(publisher, offer, sku));

        assertThat(kind.generation().orElse(null)).isEqualTo(generation);
        assertThat(kind.architecture()).isEqualTo(architecture);
    }
}
