package io.twinbatch.azure.client;

import com.azure.core.annotation.Get;
import com.azure.core.annotation.Headers;
import com.azure.core.annotation.Host;
import com.azure.core.annotation.HostParam;
import com.azure.core.annotation.PathParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;

/** The further pages of every listing. */
@Host("{endpoint}")
@ServiceInterface(name = "BatchPages")
interface PageService {
    /** The page that a link leads to. The link carries the whole query, so nothing is added to it. */
    @Get("{nextLink}")
    @Headers({"Accept: application/json"})
    Response<BinaryData> next(
            @HostParam("endpoint") String endpoint, @PathParam(value = "nextLink", encoded = true) String nextLink);
}
