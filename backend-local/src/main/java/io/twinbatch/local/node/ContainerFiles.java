package io.twinbatch.local.node;

import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.ResourceFile;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Objects of a container that are fetched to the node before a task starts. Their names are their paths.
 *
 * @param container a signed URL of the container with the rights to list and read
 * @param prefix how their names begin; may be empty
 * @param folder the folder that they are placed in, relative to the working folder; may be empty
 */
public record ContainerFiles(SignedUrl container, String prefix, String folder) {
    /** The same objects by another URL of their container. */
    ContainerFiles in(SignedUrl other) {
        return new ContainerFiles(other, prefix, folder);
    }

    /** Where a page of the list of them is read. */
    URI listing(String marker) {
        String query = container.url().getRawQuery();
        String listing =
                "restype=container&comp=list&include=metadata&prefix=" + encoded(prefix) + "&marker=" + encoded(marker);
        return URI.create(container.withoutSecret() + "?" + (query == null ? "" : query + "&") + listing);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether a name has nothing but slashes, so that it stands for the working folder itself or {@code folder}. */
    boolean isTop(String name) {
        return folder.isEmpty() && name.chars().allMatch(character -> character == '/');
    }

    /**
     * One of them. Slashes at the ends of its name, and doubled ones, make no folders.
     *
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when its name leaves the working folder
     */
    ResourceFile file(String name) {
        SignedUrl source = new SignedUrl(container.ofObject(name), container.headers(), container.expires());
        String path = Stream.of((folder + "/" + name).split("/", -1))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
        return new ResourceFile(source, path);
    }
}
