package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeRemediesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AccountCoreQuotaReached | request more (Azure portal, the Batch account, Quotas; a new account may have 0)",
                "AccountLowPriorityCoreQuotaReached | take dedicated nodes in place of spot nodes",
                "AccountSpotCoreQuotaReached | take dedicated nodes in place of spot nodes",
                "AccountVMSeriesCoreQuotaReached | choose a size of another family",
                "AllocationFailed | the region has no capacity of this size now: choose another size",
                "AllocationTimedOut | within the resize timeout: try again later",
                "AllocationTimedout | within the resize timeout: try again later",
                "IncompatibleVMSize | fit each other in architecture and hypervisor generation",
                "DependentResourceNotFound | does not exist",
                "ResizeStopped | begin it again",
            })
    void eachCodeOfTheServiceHasItsRemedy(String code, String remedy) {
        assertThat(ResizeRemedies.of(code))
                .hasValueSatisfying(text -> assertThat(text).contains(remedy));
    }

    @Test
    void anUnknownCodeHasNone() {
        assertThat(ResizeRemedies.of("Unknown")).isEmpty();
    }
}
