package io.twinbatch.local.emulator.http;

import io.twinbatch.api.error.QuotedValue;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Words the server's own refusals (of what is no HTTP, or too long a header) as the service words its refusals. */
final class JettyErrors extends ErrorHandler {
    private final Exchange exchange;

    JettyErrors(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        exchange.refuse(fault(response.getStatus(), String.valueOf(reason)), request, response, callback);
        return true;
    }

    private static ServiceFault fault(int status, String reason) {
        return switch (status) {
            case 500 -> new ServiceFault(500, "InternalError", "The server encountered an internal error.");
            case 414 -> new ServiceFault(414, "RequestUrlFailedToParse", "The requested URI is too long.");
            case 431 -> new ServiceFault(431, "InvalidHeaderValue", "The headers of the request are too long.");
            // What a client asks for that HTTP/1.1 has and this server does not is still the client's mistake.
            default ->
                new ServiceFault(
                        status >= 400 && status < 500 ? status : 400,
                        "InvalidInput",
                        "The request is no HTTP/1.1: " + QuotedValue.of(reason));
        };
    }
}
