package io.twinbatch.azure.client;

import io.twinbatch.azure.client.model.ImageModel.SupportedImage;
import io.twinbatch.azure.client.model.PoolModel.PoolNodeCounts;
import java.util.List;
import java.util.stream.Stream;

/** What the service offers to an account, and how its nodes are. */
public final class AccountClient {
    private final Connection connection;
    private final AccountService service;
    private List<SupportedImage> images;

    AccountClient(Connection connection) {
        this.connection = connection;
        this.service = connection.service(AccountService.class);
    }

    /** The images that nodes can be made from, page by page as the stream is consumed. */
    public Stream<SupportedImage> supportedImages(ListOptions options) {
        return connection.list(
                SupportedImage.class,
                () -> service.listSupportedImages(
                        connection.url(), connection.apiVersion(), options.filter(), options.maxResults()));
    }

    /** All images, asked for once: they change with the weeks, and a run needs them before its pool and for it. */
    public synchronized List<SupportedImage> images() {
        if (images == null) {
            images = supportedImages(ListOptions.ALL).toList();
        }
        return images;
    }

    /** How many nodes of each pool are in which state, page by page as the stream is consumed. */
    public Stream<PoolNodeCounts> nodeCounts(ListOptions options) {
        return connection.list(
                PoolNodeCounts.class,
                () -> service.listNodeCounts(
                        connection.url(), connection.apiVersion(), options.filter(), options.maxResults()));
    }
}
