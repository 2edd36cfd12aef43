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

/** The service's operations on pools. */
@Host("{endpoint}")
@ServiceInterface(name = "BatchPools")
interface PoolService {
    @Post("/pools")
    @Headers({"Accept: application/json"})
    Response<Void> add(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Get("/pools")
    @Headers({"Accept: application/json"})
    Response<BinaryData> list(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @QueryParam("$filter") String filter,
            @QueryParam("$select") String select,
            @QueryParam("maxresults") Integer maxResults);

    @Get("/pools/{poolId}")
    @Headers({"Accept: application/json"})
    Response<BinaryData> get(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @QueryParam("$select") String select);

    @Patch("/pools/{poolId}")
    @Headers({"Accept: application/json"})
    Response<Void> patch(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Delete("/pools/{poolId}")
    @Headers({"Accept: application/json"})
    Response<Void> delete(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId);

    @Post("/pools/{poolId}/resize")
    @Headers({"Accept: application/json"})
    Response<Void> resize(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Post("/pools/{poolId}/removenodes")
    @Headers({"Accept: application/json"})
    Response<Void> removeNodes(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Post("/pools/{poolId}/enableautoscale")
    @Headers({"Accept: application/json"})
    Response<Void> enableAutoScale(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @BodyParam(BatchRestClient.JSON_BODY) BinaryData body);

    @Post("/pools/{poolId}/disableautoscale")
    @Headers({"Accept: application/json"})
    Response<Void> disableAutoScale(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId);
}
