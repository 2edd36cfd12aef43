package io.twinbatch.local.emulator.http;

/** Answers requests of clients that have signed in; called from any number of threads. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a request.
     *
     * @throws ServiceFault when the service would refuse it
     */
    Reply handle(Request request);
}
