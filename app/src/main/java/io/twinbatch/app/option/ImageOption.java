package io.twinbatch.app.option;

import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.ContainerImage;
import java.util.Optional;

/**
 * What {@code --image} names: a container image, or, as in earlier versions, the operating system of the nodes. The latter
 * has three parts between colons and no slash, which no container image has.
 */
public record ImageOption(Optional<ContainerImage> containerImage, Optional<VmImage> vmImage) {
    static ImageOption of(ContainerImage image) {
        return new ImageOption(Optional.of(image), Optional.empty());
    }

    static ImageOption of(VmImage image) {
        return new ImageOption(Optional.empty(), Optional.of(image));
    }
}
