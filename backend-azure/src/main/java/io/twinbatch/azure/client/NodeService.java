package io.twinbatch.azure.client;

import com.azure.core.annotation.Get;
import com.azure.core.annotation.Head;
import com.azure.core.annotation.HeaderParam;
import com.azure.core.annotation.Headers;
import com.azure.core.annotation.Host;
import com.azure.core.annotation.HostParam;
import com.azure.core.annotation.PathParam;
import com.azure.core.annotation.QueryParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;

/** The service's operations on nodes and their files. */
@Host("{endpoint}")
@ServiceInterface(name = "BatchNodes")
interface NodeService {
    @Get("/pools/{poolId}/nodes")
    @Headers({"Accept: application/json"})
    Response<BinaryData> list(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @QueryParam("$filter") String filter,
            @QueryParam("$select") String select,
            @QueryParam("maxresults") Integer maxResults);

    @Get("/pools/{poolId}/nodes/{nodeId}")
    @Headers({"Accept: application/json"})
    Response<BinaryData> get(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @PathParam("nodeId") String nodeId,
            @QueryParam("$select") String select);

    @Get("/pools/{poolId}/nodes/{nodeId}/files")
    @Headers({"Accept: application/json"})
    Response<BinaryData> listFiles(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @PathParam("nodeId") String nodeId,
            @QueryParam("$filter") String filter,
            @QueryParam("recursive") Boolean recursive,
            @QueryParam("maxresults") Integer maxResults);

    @Get("/pools/{poolId}/nodes/{nodeId}/files/{filePath}")
    @Headers({"Accept: application/json, application/octet-stream"})
    Response<BinaryData> getFile(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @PathParam("nodeId") String nodeId,
            @PathParam("filePath") String filePath,
            @HeaderParam("ocp-range") String range,
            Context context);

    @Head("/pools/{poolId}/nodes/{nodeId}/files/{filePath}")
    @Headers({"Accept: application/json"})
    Response<Void> getFileProperties(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @PathParam("poolId") String poolId,
            @PathParam("nodeId") String nodeId,
            @PathParam("filePath") String filePath);
}
