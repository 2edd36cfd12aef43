package io.twinbatch.azure.batch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.azure.client.model.ImageModel.ImageReference;
import io.twinbatch.azure.client.model.ImageModel.SupportedImage;
import io.twinbatch.azure.client.model.PoolModel.VirtualMachineConfiguration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Picks, out of what the service supports, the image that was asked for and the node agent that goes with it: verified
 * ones alone, and of several the one that is supported longest.
 */
public final class ImageChoice {
    private static final int NEAR_MATCHES = 5;
    private static final String VERIFIED = "verified";
    private static final String CONTAINERS = "DockerCompatible";

    private ImageChoice() {}

    /**
     * The image and its node agent.
     *
     * @param wanted the image that was asked for; case does not matter
     * @param containers whether nodes are to run containers
     * @param supported what the service supports
     * @throws BatchException {@code INVALID} when it is not among them, or not verified; the message names similar ones
     */
    public static VirtualMachineConfiguration choose(
            VmImage wanted, boolean containers, List<SupportedImage> supported) {
        return machine(select(wanted, containers, supported));
    }

    /**
     * The entry of the service's list that {@link #choose} takes.
     *
     * @throws BatchException as there
     */
    public static SupportedImage select(VmImage wanted, boolean containers, List<SupportedImage> supported) {
        List<SupportedImage> known = supported.stream()
                .filter(image -> image.imageReference() != null && image.nodeAgentSKUId() != null)
                .toList();
        List<SupportedImage> matching = known.stream()
                .filter(image -> matches(wanted, image.imageReference()))
                .toList();
        if (containers && !matching.isEmpty() && matching.stream().noneMatch(ImageChoice::runsContainers)) {
            throw invalid(wanted, "nodes of this image run no containers; " + capable(known));
        }
        return matching.stream()
                .filter(ImageChoice::isVerified)
                .filter(image -> !containers || runsContainers(image))
                .max(Comparator.comparing(ImageChoice::endOfLife).thenComparing(SupportedImage::nodeAgentSKUId))
                .orElseThrow(() -> containers && matching.isEmpty()
                        ? invalid(wanted, "the Batch service has no such image; " + capable(known))
                        : refusal(wanted, matching, known));
    }

    /** Other verified images of the same publisher, those of the same offer and those supported longest first. */
    public static List<VmImage> alternatives(VmImage wanted, boolean containers, List<SupportedImage> supported) {
        return supported.stream()
                .filter(image -> image.imageReference() != null && image.nodeAgentSKUId() != null)
                .filter(ImageChoice::isVerified)
                .filter(image -> !containers || runsContainers(image))
                .filter(image -> wanted.publisher()
                        .equalsIgnoreCase(image.imageReference().publisher()))
                .filter(image -> !matches(wanted, image.imageReference()))
                .sorted(Comparator.comparing((SupportedImage image) -> likeness(wanted, image.imageReference()))
                        .thenComparing(ImageChoice::endOfLife)
                        .reversed())
                .map(SupportedImage::imageReference)
                .map(image -> new VmImage(image.publisher(), image.offer(), image.sku()))
                .distinct()
                .toList();
    }

    private static boolean matches(VmImage wanted, ImageReference image) {
        return wanted.publisher().equalsIgnoreCase(image.publisher())
                && wanted.offer().equalsIgnoreCase(image.offer())
                && wanted.sku().equalsIgnoreCase(image.sku());
    }

    private static boolean isVerified(SupportedImage image) {
        return VERIFIED.equalsIgnoreCase(image.verificationType());
    }

    private static boolean runsContainers(SupportedImage image) {
        return image.capabilities() != null && image.capabilities().stream().anyMatch(CONTAINERS::equalsIgnoreCase);
    }

    /** The images that could be chosen instead, those supported longest first. */
    private static String capable(List<SupportedImage> known) {
        String names = known.stream()
                .filter(ImageChoice::isVerified)
                .filter(ImageChoice::runsContainers)
                .sorted(Comparator.comparing(ImageChoice::endOfLife).reversed())
                .map(SupportedImage::imageReference)
                .map(ImageChoice::describe)
                .distinct()
                .limit(NEAR_MATCHES)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "and this account has no image that does" : "images that do: " + names;
    }

    /** An image without an end outlives every other. */
    private static Instant endOfLife(SupportedImage image) {
        return Objects.requireNonNullElse(image.batchSupportEndOfLife(), Instant.MAX);
    }

    private static VirtualMachineConfiguration machine(SupportedImage image) {
        ImageReference reference = image.imageReference();
        String version = Objects.requireNonNullElse(reference.version(), "latest");
        return new VirtualMachineConfiguration(
                new ImageReference(reference.publisher(), reference.offer(), reference.sku(), version, null, null),
                image.nodeAgentSKUId());
    }

    private static BatchException refusal(VmImage wanted, List<SupportedImage> matching, List<SupportedImage> known) {
        if (!matching.isEmpty()) {
            return invalid(wanted, "the Batch service lists this image without having verified it; choose another one");
        }
        String similar = similar(wanted, known);
        return invalid(
                wanted,
                "the Batch service has no such image"
                        + (similar.isEmpty()
                                ? "; az batch pool supported-images list shows all"
                                : "; similar ones: " + similar));
    }

    private static String similar(VmImage wanted, List<SupportedImage> known) {
        return known.stream()
                .filter(ImageChoice::isVerified)
                .map(SupportedImage::imageReference)
                .filter(image -> likeness(wanted, image) > 0)
                .sorted(Comparator.comparing((ImageReference image) -> likeness(wanted, image))
                        .reversed()
                        .thenComparing(ImageChoice::describe))
                .map(ImageChoice::describe)
                .distinct()
                .limit(NEAR_MATCHES)
                .collect(Collectors.joining(", "));
    }

    private static int likeness(VmImage wanted, ImageReference image) {
        int offer = wanted.offer().equalsIgnoreCase(image.offer()) ? 4 : 0;
        int publisher = wanted.publisher().equalsIgnoreCase(image.publisher()) ? 2 : 0;
        int sku = wanted.sku().equalsIgnoreCase(image.sku()) ? 1 : 0;
        return offer + publisher + sku;
    }

    private static String describe(ImageReference image) {
        return Optional.ofNullable(image.publisher()).orElse("") + ":"
                + Optional.ofNullable(image.offer()).orElse("") + ":"
                + Optional.ofNullable(image.sku()).orElse("");
    }

    private static BatchException invalid(VmImage wanted, String message) {
        return new BatchException(ErrorCode.INVALID, "image " + wanted, message);
    }
}
