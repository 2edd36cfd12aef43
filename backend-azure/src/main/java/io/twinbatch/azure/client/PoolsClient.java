package io.twinbatch.azure.client;

import io.twinbatch.azure.client.model.PoolModel.AutoScaleEnable;
import io.twinbatch.azure.client.model.PoolModel.BatchPool;
import io.twinbatch.azure.client.model.PoolModel.NodeRemoval;
import io.twinbatch.azure.client.model.PoolModel.PoolAdd;
import io.twinbatch.azure.client.model.PoolModel.PoolPatch;
import io.twinbatch.azure.client.model.PoolModel.PoolResize;
import java.util.stream.Stream;

/** The service's operations on pools; each is one request, and throws a {@link BatchServiceException} when refused. */
public final class PoolsClient {
    private final Connection connection;
    private final PoolService service;

    PoolsClient(Connection connection) {
        this.connection = connection;
        this.service = connection.service(PoolService.class);
    }

    /** Orders a pool. */
    public void add(PoolAdd pool) {
        service.add(connection.url(), connection.apiVersion(), connection.body(pool));
    }

    /** The account's pools, page by page as the stream is consumed. */
    public Stream<BatchPool> list(ListOptions options) {
        return connection.list(
                BatchPool.class,
                () -> service.list(
                        connection.url(),
                        connection.apiVersion(),
                        options.filter(),
                        options.select(),
                        options.maxResults()));
    }

    /** A pool. */
    public BatchPool get(String poolId) {
        return connection.read(service.get(connection.url(), connection.apiVersion(), poolId, null), BatchPool.class);
    }

    /** Replaces parts of a pool. */
    public void patch(String poolId, PoolPatch changes) {
        service.patch(connection.url(), connection.apiVersion(), poolId, connection.body(changes));
    }

    /** Orders the end of a pool. */
    public void delete(String poolId) {
        service.delete(connection.url(), connection.apiVersion(), poolId);
    }

    /** Orders other numbers of nodes; the pool has to be steady and may have no formula. */
    public void resize(String poolId, PoolResize sizes) {
        service.resize(connection.url(), connection.apiVersion(), poolId, connection.body(sizes));
    }

    /** Takes single nodes out of a pool. */
    public void removeNodes(String poolId, NodeRemoval nodes) {
        service.removeNodes(connection.url(), connection.apiVersion(), poolId, connection.body(nodes));
    }

    /** Lets a formula set the numbers of nodes. */
    public void enableAutoScale(String poolId, AutoScaleEnable formula) {
        service.enableAutoScale(connection.url(), connection.apiVersion(), poolId, connection.body(formula));
    }

    /** Leaves the numbers of nodes as they are from now on. */
    public void disableAutoScale(String poolId) {
        service.disableAutoScale(connection.url(), connection.apiVersion(), poolId);
    }
}
