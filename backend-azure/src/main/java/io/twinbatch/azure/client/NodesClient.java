package io.twinbatch.azure.client;

import io.twinbatch.azure.client.model.FileModel.BatchFile;
import io.twinbatch.azure.client.model.NodeModel.BatchNode;
import java.io.InputStream;
import java.util.stream.Stream;

/** The service's operations on nodes; each is one request, and throws a {@link BatchServiceException} when refused. */
public final class NodesClient {
    private final Connection connection;
    private final NodeService service;

    NodesClient(Connection connection) {
        this.connection = connection;
        this.service = connection.service(NodeService.class);
    }

    /** The nodes of a pool, page by page as the stream is consumed. */
    public Stream<BatchNode> list(String poolId, ListOptions options) {
        return connection.list(
                BatchNode.class,
                () -> service.list(
                        connection.url(),
                        connection.apiVersion(),
                        poolId,
                        options.filter(),
                        options.select(),
                        options.maxResults()));
    }

    /** A node. */
    public BatchNode get(String poolId, String nodeId) {
        return connection.read(
                service.get(connection.url(), connection.apiVersion(), poolId, nodeId, null), BatchNode.class);
    }

    /**
     * The files of a node, page by page as the stream is consumed; their names are relative to its root folder.
     *
     * @param recursive whether the files in folders are listed too
     */
    public Stream<BatchFile> files(String poolId, String nodeId, boolean recursive, ListOptions options) {
        return connection.list(
                BatchFile.class,
                () -> service.listFiles(
                        connection.url(),
                        connection.apiVersion(),
                        poolId,
                        nodeId,
                        options.filter(),
                        recursive,
                        options.maxResults()));
    }

    /** A file of a node, as it arrives. The caller closes the stream. */
    public InputStream file(String poolId, String nodeId, String path) {
        return file(poolId, nodeId, path, null);
    }

    /**
     * A part of a file of a node, as it arrives. The caller closes the stream.
     *
     * @param first the position of its first byte; the service refuses one behind the end of the file
     * @param last the position of its last byte
     */
    public InputStream file(String poolId, String nodeId, String path, long first, long last) {
        return file(poolId, nodeId, path, "bytes=" + first + "-" + last);
    }

    private InputStream file(String poolId, String nodeId, String path, String range) {
        return Connection.stream(service.getFile(
                connection.url(), connection.apiVersion(), poolId, nodeId, path, range, Connection.streamed()));
    }

    /** The properties of a file of a node. */
    public BatchFile fileProperties(String poolId, String nodeId, String path) {
        return Connection.file(
                path,
                service.getFileProperties(connection.url(), connection.apiVersion(), poolId, nodeId, path)
                        .getHeaders());
    }
}
