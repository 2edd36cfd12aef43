package io.twinbatch.azure.client;

import io.twinbatch.azure.client.model.ImageModel.SupportedImage;
import java.util.List;

/** What the service offers to an account. */
public final class AccountClient {
    private final Connection connection;
    private final AccountService service;
    private List<SupportedImage> images;

    AccountClient(Connection connection) {
        this.connection = connection;
        this.service = connection.service(AccountService.class);
    }

    /** All images, asked for once: they change with the weeks, and a run needs them before its pool and for it. */
    public synchronized List<SupportedImage> images() {
        if (images == null) {
            ListOptions all = ListOptions.ALL;
            images = connection
                    .list(
                            SupportedImage.class,
                            () -> service.listSupportedImages(
                                    connection.url(), connection.apiVersion(), all.filter(), all.maxResults()))
                    .toList();
        }
        return images;
    }
}
