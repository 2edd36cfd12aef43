package io.twinbatch.azure.client;

import io.twinbatch.azure.client.model.JobModel.BatchJob;
import io.twinbatch.azure.client.model.JobModel.JobAdd;
import io.twinbatch.azure.client.model.JobModel.JobNodeTaskStatus;
import io.twinbatch.azure.client.model.JobModel.JobPatch;
import io.twinbatch.azure.client.model.JobModel.JobTerminate;
import io.twinbatch.azure.client.model.TaskModel.TaskCountsResult;
import java.util.stream.Stream;

/** The service's operations on jobs; each is one request, and throws a {@link BatchServiceException} when refused. */
public final class JobsClient {
    private final Connection connection;
    private final JobService service;

    JobsClient(Connection connection) {
        this.connection = connection;
        this.service = connection.service(JobService.class);
    }

    /** Creates a job. */
    public void add(JobAdd job) {
        service.add(connection.url(), connection.apiVersion(), connection.body(job));
    }

    /** The account's jobs, page by page as the stream is consumed. */
    public Stream<BatchJob> list(ListOptions options) {
        return connection.list(
                BatchJob.class,
                () -> service.list(
                        connection.url(),
                        connection.apiVersion(),
                        options.filter(),
                        options.select(),
                        options.maxResults()));
    }

    /** A job. */
    public BatchJob get(String jobId) {
        return connection.read(service.get(connection.url(), connection.apiVersion(), jobId, null), BatchJob.class);
    }

    /** Replaces parts of a job. */
    public void patch(String jobId, JobPatch changes) {
        service.patch(connection.url(), connection.apiVersion(), jobId, connection.body(changes));
    }

    /** Orders the deletion of a job. */
    public void delete(String jobId) {
        service.delete(connection.url(), connection.apiVersion(), jobId);
    }

    /**
     * Orders the end of a job.
     *
     * @param reason why, or null
     */
    public void terminate(String jobId, JobTerminate reason) {
        service.terminate(connection.url(), connection.apiVersion(), jobId, connection.body(reason));
    }

    /**
     * How the job's preparation and release tasks went, node by node, page by page as the stream is consumed. The
     * service refuses it for a job without them.
     */
    public Stream<JobNodeTaskStatus> preparationAndReleaseStatus(String jobId, ListOptions options) {
        return connection.list(
                JobNodeTaskStatus.class,
                () -> service.listPreparationAndReleaseStatus(
                        connection.url(),
                        connection.apiVersion(),
                        jobId,
                        options.filter(),
                        options.select(),
                        options.maxResults()));
    }

    /** How many tasks of a job are in which state. */
    public TaskCountsResult taskCounts(String jobId) {
        return connection.read(
                service.getTaskCounts(connection.url(), connection.apiVersion(), jobId), TaskCountsResult.class);
    }
}
