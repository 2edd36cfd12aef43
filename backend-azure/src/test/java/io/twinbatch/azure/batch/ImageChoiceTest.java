package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.azure.client.model.ImageModel.ImageReference;
import io.twinbatch.azure.client.model.ImageModel.SupportedImage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageChoiceTest {
    private static final VmImage WANTED = new VmImage("canonical", "ubuntu-24_04-lts", "server");

    private static SupportedImage image(
            String publisher, String offer, String sku, String agent, String end, String verification) {
        return new SupportedImage(
                agent,
                new ImageReference(publisher, offer, sku, "latest", null, null),
                "linux",
                List.of(),
                end == null ? null : Instant.parse(end),
                verification);
    }

    private static SupportedImage ubuntu(String agent, String end, String verification) {
        return image("Canonical", "ubuntu-24_04-lts", "Server", agent, end, verification);
    }

    private static BatchException refusal(VmImage wanted, List<SupportedImage> supported) {
        return catchThrowableOfType(BatchException.class, () -> ImageChoice.choose(wanted, false, supported));
    }

    @Test
    void nodesForContainersNeedAnImageThatRunsThem() {
        ImageReference hpc = new ImageReference("microsoft-dsvm", "ubuntu-hpc", "2204", "latest", null, null);
        SupportedImage capable = new SupportedImage("hpc", hpc, "linux", List.of("dockercompatible"), null, "verified");
        List<SupportedImage> supported = List.of(ubuntu("plain", null, "verified"), capable);

        assertThat(ImageChoice.choose(VmImage.UBUNTU_WITH_CONTAINERS, true, supported)
                        .nodeAgentSKUId())
                .isEqualTo("hpc");
        for (VmImage wrong : List.of(WANTED, new VmImage("a", "b", "c"))) {
            assertThat(catchThrowableOfType(BatchException.class, () -> ImageChoice.choose(wrong, true, supported)))
                    .returns(ErrorCode.INVALID, BatchException::code)
                    .hasMessageContaining("microsoft-dsvm:ubuntu-hpc:2204");
        }
    }

    @Test
    void theVerifiedImageIsTakenWithItsNodeAgent() {
        var machine = ImageChoice.choose(
                WANTED,
                false,
                List.of(
                        image("canonical", "ubuntu-22_04-lts", "server", "batch.node.ubuntu 22.04", null, "verified"),
                        ubuntu("batch.node.ubuntu 24.04", "2029-01-01T00:00:00Z", "verified"),
                        ubuntu("batch.node.ubuntu 99.04", null, "unverified")));
        assertThat(machine.nodeAgentSKUId()).isEqualTo("batch.node.ubuntu 24.04");
        assertThat(machine.imageReference())
                .isEqualTo(new ImageReference("Canonical", "ubuntu-24_04-lts", "Server", "latest", null, null));
    }

    @Test
    void ofSeveralTheOneThatIsSupportedLongestIsTaken() {
        List<SupportedImage> ending = List.of(
                ubuntu("a", "2029-01-01T00:00:00Z", "verified"),
                ubuntu("b", "2030-01-01T00:00:00Z", "Verified"),
                ubuntu("c", "2028-01-01T00:00:00Z", "verified"));
        assertThat(ImageChoice.choose(WANTED, false, ending).nodeAgentSKUId()).isEqualTo("b");
        List<SupportedImage> withOneThatDoesNotEnd =
                List.of(ubuntu("a", "2029-01-01T00:00:00Z", "verified"), ubuntu("z", null, "verified"));
        assertThat(ImageChoice.choose(WANTED, false, withOneThatDoesNotEnd).nodeAgentSKUId())
                .isEqualTo("z");
    }

    @Test
    void anImageThatIsNotThereIsRefusedNamingSimilarOnes() {
        BatchException refusal = refusal(
                new VmImage("canonical", "ubuntu-24_04-lts", "sever"),
                List.of(
                        ubuntu("a", null, "verified"),
                        image("canonical", "ubuntu-22_04-lts", "server", "b", null, "verified"),
                        image("almalinux", "almalinux", "8-gen1", "c", null, "verified")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal)
                .hasMessageContaining("canonical:ubuntu-24_04-lts:sever")
                .hasMessageContaining(
                        "similar ones: Canonical:ubuntu-24_04-lts:Server, canonical:ubuntu-22_04-lts:server")
                .message()
                .doesNotContain("alma");
    }

    @Test
    void anImageThatIsNotVerifiedIsRefused() {
        assertThat(refusal(WANTED, List.of(ubuntu("a", null, "unverified"))))
                .hasMessageContaining("without having verified it");
    }

    @Test
    void aListWithGapsDoesNoHarm() {
        List<SupportedImage> odd = List.of(
                new SupportedImage(null, null, null, null, null, null),
                new SupportedImage(
                        "x", new ImageReference(null, null, null, null, null, "id"), null, null, null, null));
        assertThat(refusal(WANTED, odd).code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal(WANTED, List.of())).hasMessageContaining("az batch pool supported-images list");
    }
}
