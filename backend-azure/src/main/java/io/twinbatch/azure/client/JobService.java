package io.twinbatch.azure.client;

import com.azure.core.annotation.BodyParam;
import com.azure.core.annotation.Delete;
import com.azure.core.annotation.Get;
import com.azure.core.annotation.Headers;
import com.azure.core.annotation.Host;
import com.azure.core.annotation.HostParam;
import com.azure.core.annotation.Patch;
import com.azure.core.annotation.PathParam;
import com.azure.core.annotation.Post;
import com.azure.core.annotation.QueryParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;

/** The service's operations on jobs. */
@Host("{endpoint}")
@ServiceInterface(name = "BatchJobs")
interface JobService {
    @Post("/jobs")
    @Headers({"Accept: application/json"})
    Response<Void> add(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Get("/jobs")
    @Headers({"Accept: application/json"})
    Response<BinaryData> list(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @QueryParam("$filter") String filter,
            @QueryParam("$select") String select,
            @QueryParam("maxresults") Integer maxResults);

    @Get("/jobs/{jobId}")
    @Headers({"Accept: application/json"})
    Response<BinaryData> get(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @QueryParam("$select") String select);

    @Patch("/jobs/{jobId}")
    @Headers({"Accept: application/json"})
    Response<Void> patch(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Delete("/jobs/{jobId}")
    @Headers({"Accept: application/json"})
    Response<Void> delete(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId);

    @Post("/jobs/{jobId}/terminate")
    @Headers({"Accept: application/json"})
    Response<Void> terminate(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Get("/jobs/{jobId}/jobpreparationandreleasetaskstatus")
    @Headers({"Accept: application/json"})
    Response<BinaryData> listPreparationAndReleaseStatus(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId,
            @QueryParam("$filter") String filter,
            @QueryParam("$select") String select,
            @QueryParam("maxresults") Integer maxResults);

    @Get("/jobs/{jobId}/taskcounts")
    @Headers({"Accept: application/json"})
    Response<BinaryData> getTaskCounts(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("jobId") String jobId);
}
