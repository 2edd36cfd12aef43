package io.twinbatch.azure.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmSizeNameTest {
    @ParameterizedTest
    @CsvSource({
        "standard_d2s_v5, 2",
        "Standard_D16ads_v6, 16",
        "STANDARD_E104id_v5, 104",
        "standard_f72s_v2, 72",
        "standard_b2ats_v2, 2",
        "standard_dc8as_cc_v5, 8",
        "standard_nc24ads_a100_v4, 24",
        "standard_nd96isr_h100_v5, 96",
        "standard_hb120rs_v3, 120",
        "standard_hb120-16rs_v3, 120",
        "standard_e8-2s_v5, 8",
        "standard_m416ms_v2, 416",
        "standard_l8as_v3, 8",
        "standard_np10s, 10",
        "standard_a2m_v2, 2",
        "standard_a8_v2, 8",
        "standard_h16mr, 16",
        "standard_f4, 4",
    })
    void theNumberIsThatOfTheCores(String name, int cores) {
        assertThat(new VmSizeName(name).cores()).hasValue(cores);
    }

    @ParameterizedTest
    @CsvSource({
        "standard_d1, 1",
        "standard_d3_v2, 4",
        "standard_d3_v2_promo, 4",
        "standard_ds14_v2, 16",
        "standard_ds14-4_v2, 16",
        "standard_d15_v2, 20",
        "standard_d4_v3, 4",
        "basic_a3, 4",
        "standard_a5, 2",
        "standard_a11, 16",
        "standard_gs5, 32",
        "standard_g1, 2"
    })
    void theOldestFamiliesGoBySteps(String name, int cores) {
        assertThat(new VmSizeName(name).cores()).hasValue(cores);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "small", "d2s_v5", "standard_", "standard_d", "standard_99", "standard_ds99_v2", "a b"})
    void aNameThatDoesNotFollowTheConventionTellsNothing(String name) {
        assertThat(new VmSizeName(name).cores()).isEmpty();
    }
}
