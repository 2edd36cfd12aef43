package io.twinbatch.it.emulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests: most of them signed and right or nearly right, some that are no HTTP at all. */
final class FuzzRequests {
    private static final List<String> HEADERS = List.of(
            "If-Match: *",
            "If-Match: 0x8D",
            "If-None-Match: *",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: Fri, 20 Nov 2020 12:00:00 GMT",
            "ocp-range: bytes=0-9",
            "ocp-range: bytes=9-0",
            "ocp-range: bytes=99999999999999999999-",
            "ocp-range: x",
            "Range: bytes=0-1",
            "Accept-Encoding: gzip",
            "Accept-Encoding: gzip;q=0, \u00ff",
            "client-request-id: mine",
            "return-client-request-id: true",
            "Content-Encoding: br",
            "Accept: text/html",
            "Origin: https://evil.example",
            "Expect: miracles",
            "Content-Language: \u00e9",
            "X-Empty:",
            "Connection: keep-alive, x",
            "Cookie: a=b; c=\"d",
            "ocp-date: x");
    private static final List<String> GARBAGE = List.of(
            "GARBAGE\r\n\r\n",
            "\r\n\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nHost\r\n\r\n",
            "GET http://[/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\u0016\u0003\u0001\u0000\u0005hello\r\n\r\n",
            "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n",
            "POST /jobs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "POST /jobs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
            "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    private final Random random;
    private final WildCalls wild;
    private final LikelyCalls likely;
    private final int likelyPercent;
    private final URI endpoint;
    private final SharedKeySigner signer;

    /**
     * Makes requests.
     *
     * @param likelyPercent how many of a hundred requests are such as a client would send, or nearly
     */
    FuzzRequests(URI endpoint, SharedKeySigner signer, int likelyPercent, long seed) {
        this.endpoint = endpoint;
        this.signer = signer;
        this.likelyPercent = likelyPercent;
        random = new Random(seed);
        wild = new WildCalls(random);
        likely = new LikelyCalls(random);
    }

    FuzzRequest next() {
        if (random.nextInt(100) < likelyPercent) {
            FuzzCall call = likely.next();
            return request(call, headers(call, false, 0), false);
        }
        if (random.nextInt(25) == 0) {
            return new FuzzRequest(pick(GARBAGE), false, false);
        }
        FuzzCall call = wild.next();
        boolean chunked = !call.body().isEmpty() && random.nextInt(10) == 0;
        return request(call, headers(call, chunked, Math.max(0, random.nextInt(8) - 5)), true);
    }

    private FuzzRequest request(FuzzCall call, Map<String, String> headers, boolean mayBeUnsigned) {
        byte[] bytes = call.body().getBytes(StandardCharsets.UTF_8);
        String payload = new String(bytes, StandardCharsets.ISO_8859_1);
        String wire = headers.containsKey("Transfer-Encoding")
                ? Integer.toHexString(bytes.length) + "\r\n" + payload + "\r\n0\r\n\r\n"
                : payload;
        return new FuzzRequest(
                call.method() + " " + call.target() + " HTTP/1.1\r\n" + lines(headers)
                        + authorization(call, headers, mayBeUnsigned) + "\r\n" + wire,
                call.method().equals("HEAD"),
                true);
    }

    private Map<String, String> headers(FuzzCall call, boolean chunked, int odd) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", endpoint.getRawAuthority());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
        headers.put("Content-Type", "application/json; odata=minimalmetadata");
        int length = call.body().getBytes(StandardCharsets.UTF_8).length;
        headers.put(chunked ? "Transfer-Encoding" : "Content-Length", chunked ? "chunked" : Integer.toString(length));
        for (int count = odd; count > 0; count--) {
            String[] header = pick(HEADERS).split(":", 2);
            headers.put(header[0], header[1].strip());
        }
        return headers;
    }

    private static String lines(Map<String, String> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString();
    }

    private String authorization(FuzzCall call, Map<String, String> headers, boolean mayBeUnsigned) {
        boolean wrong = mayBeUnsigned && random.nextInt(20) == 0;
        String scheme = mayBeUnsigned && random.nextInt(50) == 0 ? "Bearer" : "SharedKey";
        String credential =
                wrong ? signer.credential("wrong") : signer.credential(call.method(), call.target(), headers);
        return "Authorization: " + scheme + " " + credential + "\r\n";
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
