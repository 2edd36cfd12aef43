package io.twinbatch.azure.client;

import com.azure.core.annotation.BodyParam;
import com.azure.core.annotation.Delete;
import com.azure.core.annotation.Get;
import com.azure.core.annotation.Head;
import com.azure.core.annotation.HeaderParam;
import com.azure.core.annotation.Headers;
import com.azure.core.annotation.Host;
import com.azure.core.annotation.HostParam;
import com.azure.core.annotation.PathParam;
import com.azure.core.annotation.Post;
import com.azure.core.annotation.QueryParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;

/** The service's operations on tasks and their files. */
@Host("{endpoint}")
@ServiceInterface(name = "BatchTasks")
interface TaskService {
    @Post("/jobs/{jobId}/addtaskcollection")
    @Headers({"Accept: application/json"})
    Response<BinaryData> addCollection(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Get("/jobs/{jobId}/tasks")
    @Headers({"Accept: application/json"})
    Response<BinaryData> list(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @QueryParam("$filter") String filter,
            @QueryParam("$select") String select,
            @QueryParam("maxresults") Integer maxResults);

    @Get("/jobs/{jobId}/tasks/{taskId}")
    @Headers({"Accept: application/json"})
    Response<BinaryData> get(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @PathParam("taskId") String taskId,
            @QueryParam("$select") String select);

    @Delete("/jobs/{jobId}/tasks/{taskId}")
    @Headers({"Accept: application/json"})
    Response<Void> delete(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @PathParam("taskId") String taskId);

    @Post("/jobs/{jobId}/tasks/{taskId}/terminate")
    @Headers({"Accept: application/json"})
    Response<Void> terminate(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @PathParam("taskId") String taskId);

    @Post("/jobs/{jobId}/tasks/{taskId}/reactivate")
    @Headers({"Accept: application/json"})
    Response<Void> reactivate(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @PathParam("taskId") String taskId);

    @Get("/jobs/{jobId}/tasks/{taskId}/files")
    @Headers({"Accept: application/json"})
    Response<BinaryData> listFiles(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @PathParam("taskId") String taskId,
            @QueryParam("$filter") String filter,
            @QueryParam("recursive") Boolean recursive,
            @QueryParam("maxresults") Integer maxResults);

    @Get("/jobs/{jobId}/tasks/{taskId}/files/{filePath}")
    @Headers({"Accept: application/json, application/octet-stream"})
    Response<BinaryData> getFile(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @PathParam("taskId") String taskId,
            @PathParam("filePath") String filePath,
            @HeaderParam("ocp-range") String range,
            Context context);

    @Head("/jobs/{jobId}/tasks/{taskId}/files/{filePath}")
    @Headers({"Accept: application/json"})
    Response<Void> getFileProperties(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @PathParam("taskId") String taskId,
            @PathParam("filePath") String filePath);
}
