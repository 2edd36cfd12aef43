package io.twinbatch.it.emulator;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends a server of the Batch protocol requests of all kinds, one after another, and notes what must not happen: an answer
 * that is the server's fault, no answer, an answer that takes too long, or more than one answer. It runs no programs but
 * {@code /bin/true} and {@code /bin/false}.
 */
final class RequestFuzzer implements AutoCloseable {
    private static final int MAX_FINDINGS = 20;

    private final FuzzRequests requests;
    private final KeptConnection connection;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private String last = "nothing";

    /**
     * A fuzzer.
     *
     * @param endpoint where the server is, over HTTP
     * @param account the account's name
     * @param key the account's key in base64
     * @param likelyPercent how many of a hundred requests are such as a client would send, or nearly
     * @param seed with the same seed, the same requests, apart from their date
     */
    RequestFuzzer(URI endpoint, String account, String key, int likelyPercent, long seed) {
        this.requests = new FuzzRequests(endpoint, new SharedKeySigner(account, key), likelyPercent, seed);
        this.connection = new KeptConnection(endpoint);
    }

    /** Sends that many requests, or stops when enough has been found. */
    void run(int count) {
        for (int i = 0; i < count && findings.size() < MAX_FINDINGS; i++) {
            exchange(requests.next());
        }
    }

    /** What must not have happened, with the request; empty when all went well. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** How often each status was answered; 0 for none, which is right for what is no HTTP. */
    Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    /** How many connections it took. */
    int connections() {
        return connection.connections();
    }

    private void exchange(FuzzRequest request) {
        int status = 0;
        try {
            status = connection.exchange(request).status();
            if (status >= 500) {
                findings.add(status + " for\n" + request);
            }
        } catch (SocketTimeoutException e) {
            findings.add("no answer in time for\n" + request + "\nafter\n" + last);
        } catch (IOException e) {
            if (request.proper()) {
                findings.add(e + " for\n" + request + "\nafter\n" + last);
            }
        }
        last = status + " for\n" + request;
        statuses.merge(status, 1, Integer::sum);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
