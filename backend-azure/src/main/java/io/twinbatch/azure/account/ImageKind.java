package io.twinbatch.azure.account;

import io.twinbatch.api.pool.VmImage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * For which machines an image is made. The Batch service does not say that, and the names of the marketplace do: images for
 * ARM have {@code arm64} in them, others {@code gen1} or {@code gen2}, as in {@code 22_04-lts-gen2} and {@code server-gen1}.
 * Without that, the images of Ubuntu 24.04 and later are of generation 2 and those before it of generation 1, as in the
 * Compute service's <a
 * href="https://github.com/Azure/azure-rest-api-specs/blob/main/arm-compute/quickstart-templates/aliases.json">aliases</a> of
 * images of generation 2.
 *
 * @param generation the generation; empty when the names do not say it
 * @param architecture the processors
 */
record ImageKind(Optional<HyperVGeneration> generation, CpuArchitecture architecture) {
    private static final String CANONICAL = "canonical";
    private static final String SINCE_24_04 = "ubuntu-";
    private static final String BEFORE_24_04 = "0001-com-ubuntu-server";
    private static final Set<String> ARM = Set.of("arm", "arm64", "aarch64");
    private static final Set<String> FIRST = Set.of("gen1", "g1");
    private static final Set<String> SECOND = Set.of("gen2", "g2");

    ImageKind {
        Objects.requireNonNull(generation, "generation");
        Objects.requireNonNull(architecture, "architecture");
    }

    static ImageKind of(VmImage image) {
        List<String> words = List.of(
                (image.offer() + "-" + image.sku()).toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
        // Arm64 machines are of generation 2 alone.
        return words.stream().anyMatch(ARM::contains)
                ? new ImageKind(Optional.of(HyperVGeneration.V2), CpuArchitecture.ARM64)
                : new ImageKind(generation(image, words), CpuArchitecture.X64);
    }

    private static Optional<HyperVGeneration> generation(VmImage image, List<String> words) {
        if (words.stream().anyMatch(FIRST::contains)) {
            return Optional.of(HyperVGeneration.V1);
        }
        if (words.stream().anyMatch(SECOND::contains)) {
            return Optional.of(HyperVGeneration.V2);
        }
        String offer = image.offer().toLowerCase(Locale.ROOT);
        if (!image.publisher().equalsIgnoreCase(CANONICAL)) {
            return Optional.empty();
        }
        if (offer.startsWith(BEFORE_24_04)) {
            return Optional.of(HyperVGeneration.V1);
        }
        return offer.startsWith(SINCE_24_04) ? Optional.of(HyperVGeneration.V2) : Optional.empty();
    }

    /** Why a node of a size cannot start from the image; empty when it can, as far as is known. */
    Optional<String> misfit(VmSize size) {
        Optional<CpuArchitecture> processors = size.architecture().filter(other -> other != architecture);
        if (processors.isPresent()) {
            return Optional.of(
                    size.name() + " has " + processors.get() + " processors, and the image is for " + architecture);
        }
        return generation
                .filter(made ->
                        !size.generations().isEmpty() && !size.generations().contains(made))
                .map(made -> size.name() + " starts images of "
                        + size.generations().iterator().next() + " alone, and the image is of " + made);
    }
}
