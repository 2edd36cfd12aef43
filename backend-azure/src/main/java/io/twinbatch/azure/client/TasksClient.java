package io.twinbatch.azure.client;

import io.twinbatch.azure.client.model.FileModel.BatchFile;
import io.twinbatch.azure.client.model.TaskModel.BatchTask;
import io.twinbatch.azure.client.model.TaskModel.TaskAddCollection;
import io.twinbatch.azure.client.model.TaskModel.TaskAddCollectionResult;
import java.io.InputStream;
import java.util.stream.Stream;

/** The service's operations on tasks; each is one request, and throws a {@link BatchServiceException} when refused. */
public final class TasksClient {
    private final Connection connection;
    private final TaskService service;

    TasksClient(Connection connection) {
        this.connection = connection;
        this.service = connection.service(TaskService.class);
    }

    /** Adds at most 100 tasks; what became of each is in the result. */
    public TaskAddCollectionResult addCollection(String jobId, TaskAddCollection tasks) {
        return connection.read(
                service.addCollection(connection.url(), connection.apiVersion(), jobId, connection.body(tasks)),
                TaskAddCollectionResult.class);
    }

    /** How many bytes a request has that adds tasks. */
    public long size(TaskAddCollection tasks) {
        return connection.body(tasks).getLength();
    }

    /** The tasks of a job, page by page as the stream is consumed. */
    public Stream<BatchTask> list(String jobId, ListOptions options) {
        return connection.list(
                BatchTask.class,
                () -> service.list(
                        connection.url(),
                        connection.apiVersion(),
                        jobId,
                        options.filter(),
                        options.select(),
                        options.maxResults()));
    }

    /** A task. */
    public BatchTask get(String jobId, String taskId) {
        return connection.read(
                service.get(connection.url(), connection.apiVersion(), jobId, taskId, null), BatchTask.class);
    }

    /** Deletes a task and its folder on its node. */
    public void delete(String jobId, String taskId) {
        service.delete(connection.url(), connection.apiVersion(), jobId, taskId);
    }

    /** Ends a task that has not ended. */
    public void terminate(String jobId, String taskId) {
        service.terminate(connection.url(), connection.apiVersion(), jobId, taskId);
    }

    /** Queues a task again that ended badly. */
    public void reactivate(String jobId, String taskId) {
        service.reactivate(connection.url(), connection.apiVersion(), jobId, taskId);
    }

    /**
     * The files of a task, page by page as the stream is consumed; their names are relative to its folder.
     *
     * @param recursive whether the files in folders are listed too
     */
    public Stream<BatchFile> files(String jobId, String taskId, boolean recursive, ListOptions options) {
        return connection.list(
                BatchFile.class,
                () -> service.listFiles(
                        connection.url(),
                        connection.apiVersion(),
                        jobId,
                        taskId,
                        options.filter(),
                        recursive,
                        options.maxResults()));
    }

    /** A file of a task, as it arrives. The caller closes the stream. */
    public InputStream file(String jobId, String taskId, String path) {
        return file(jobId, taskId, path, null);
    }

    /**
     * A part of a file of a task, as it arrives. The caller closes the stream.
     *
     * @param first the position of its first byte; the service refuses one behind the end of the file
     * @param last the position of its last byte
     */
    public InputStream file(String jobId, String taskId, String path, long first, long last) {
        return file(jobId, taskId, path, "bytes=" + first + "-" + last);
    }

    private InputStream file(String jobId, String taskId, String path, String range) {
        return Connection.stream(service.getFile(
                connection.url(), connection.apiVersion(), jobId, taskId, path, range, Connection.streamed()));
    }

    /** The properties of a file of a task. */
    public BatchFile fileProperties(String jobId, String taskId, String path) {
        return Connection.file(
                path,
                service.getFileProperties(connection.url(), connection.apiVersion(), jobId, taskId, path)
                        .getHeaders());
    }
}
