package io.twinbatch.it.faults;

import io.twinbatch.it.wire.WireReply;
import io.twinbatch.it.wire.WireReply.Delivery;
import java.util.function.Supplier;

/** What goes wrong with one request. */
@FunctionalInterface
interface Fault {
    /**
     * The answer.
     *
     * @param service does what the request asks for, when it is asked, and tells the right answer
     */
    WireReply strike(Supplier<WireReply> service);

    /** Nothing goes wrong. */
    static Fault none() {
        return Supplier::get;
    }

    /** The service refuses, and nothing is done. */
    static Fault refused(int status, String code) {
        return service -> WireReply.error(status, code, "The service could not do it.");
    }

    /** Too many requests, with the time to wait in seconds. */
    static Fault throttled(int seconds) {
        return service ->
                refused(429, "TooManyRequests").strike(service).with("Retry-After", Integer.toString(seconds));
    }

    /** The request is done, and the answer says that it failed. */
    static Fault failedAfterwards(int status) {
        return service -> {
            WireReply unused = service.get();
            return WireReply.error(status, "InternalError", "The server encountered an internal error.");
        };
    }

    /** The connection breaks before the request is done. */
    static Fault brokenBefore() {
        return service -> WireReply.empty(500).delivered(Delivery.DROPPED);
    }

    /** The request is done, and the connection breaks before the answer. */
    static Fault brokenAfter() {
        return service -> service.get().delivered(Delivery.DROPPED);
    }

    /** The request is done, and the connection breaks within the answer. */
    static Fault cutOff() {
        return service -> service.get().delivered(Delivery.CUT);
    }
}
