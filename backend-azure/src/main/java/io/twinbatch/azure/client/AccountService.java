package io.twinbatch.azure.client;

import com.azure.core.annotation.Get;
import com.azure.core.annotation.Headers;
import com.azure.core.annotation.Host;
import com.azure.core.annotation.HostParam;
import com.azure.core.annotation.QueryParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;

/** What the service offers to an account, and how its nodes are. */
@Host("{endpoint}")
@ServiceInterface(name = "BatchAccount")
interface AccountService {
    @Get("/supportedimages")
    @Headers({"Accept: application/json"})
    Response<BinaryData> listSupportedImages(
            @HostParam("endpoint") String endpoint,
            @QueryParam("api-version") String apiVersion,
            @QueryParam("$filter") String filter,
            @QueryParam("maxresults") Integer maxResults);
}
