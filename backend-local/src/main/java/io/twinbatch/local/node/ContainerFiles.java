package io.twinbatch.local.node;

import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.ResourceFile;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Objects of a container that are fetched to the node before a task starts. Their names are their paths.
 *
 * @param container a signed URL of the container with the rights to list and read
 * @param prefix how their names begin; may be empty
 * @param folder the folder that they are placed in, relative to the working folder; may be empty
 */
public record ContainerFiles(SignedUrl container, String prefix, String folder) {
    /** Where a page of the list of them is read. */
    URI listing(String marker) {
        String query = container.url().getRawQuery();
        String listing = "restype=container&comp=list&prefix=" + encoded(prefix) + "&marker=" + encoded(marker);
        return URI.create(container.withoutSecret() + "?" + (query == null ? "" : query + "&") + listing);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * One of them.
     *
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when its name leaves the working folder
     */
    ResourceFile file(String name) {
        SignedUrl source = new SignedUrl(container.ofObject(name), container.headers(), container.expires());
        return new ResourceFile(source, folder.isEmpty() ? name : folder + "/" + name);
    }
}
