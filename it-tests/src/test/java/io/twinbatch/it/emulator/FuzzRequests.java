package io.twinbatch.it.emulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes requests: most of them signed and nearly right, some that are no HTTP at all. */
final class FuzzRequests {
    private static final List<String> METHODS = List.of("GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final List<String> IDS = List.of(
            "p1",
            "j1",
            "j2",
            "t1",
            "t2",
            "s1",
            "none",
            "",
            "a%2Fb",
            "%2e%2e",
            "..",
            "%00",
            "%ff",
            "%zz",
            "x".repeat(65),
            "s1:job-1",
            "a b",
            "\u00fc",
            "*",
            "tvm-1",
            ";a=b",
            "%25");
    private static final List<String> PATHS = List.of(
            "/pools",
            "/pools/{}",
            "/pools/{}/resize",
            "/pools/{}/stopresize",
            "/pools/{}/removenodes",
            "/pools/{}/enableautoscale",
            "/pools/{}/disableautoscale",
            "/pools/{}/evaluateautoscale",
            "/pools/{}/updateproperties",
            "/pools/{}/nodes",
            "/pools/{}/nodes/{}",
            "/pools/{}/nodes/{}/reboot",
            "/pools/{}/nodes/{}/reimage",
            "/pools/{}/nodes/{}/disablescheduling",
            "/pools/{}/nodes/{}/enablescheduling",
            "/pools/{}/nodes/{}/files",
            "/pools/{}/nodes/{}/files/{}",
            "/pools/{}/nodes/{}/users",
            "/pools/{}/nodes/{}/remoteloginsettings",
            "/pools/{}/nodes/{}/uploadbatchservicelogs",
            "/pools/{}/nodes/{}/extensions",
            "/poolusagemetrics",
            "/nodecounts",
            "/supportedimages",
            "/jobs",
            "/jobs/{}",
            "/jobs/{}/disable",
            "/jobs/{}/enable",
            "/jobs/{}/terminate",
            "/jobs/{}/jobpreparationandreleasetaskstatus",
            "/jobs/{}/taskcounts",
            "/jobs/{}/tasks",
            "/jobs/{}/tasks/{}",
            "/jobs/{}/addtaskcollection",
            "/jobs/{}/tasks/{}/terminate",
            "/jobs/{}/tasks/{}/reactivate",
            "/jobs/{}/tasks/{}/subtasksinfo",
            "/jobs/{}/tasks/{}/files",
            "/jobs/{}/tasks/{}/files/{}",
            "/jobschedules",
            "/jobschedules/{}",
            "/jobschedules/{}/disable",
            "/jobschedules/{}/enable",
            "/jobschedules/{}/terminate",
            "/jobschedules/{}/jobs",
            "/applications",
            "/certificates",
            "/",
            "",
            "/{}/{}/{}",
            "/health",
            "//",
            "/pools/{}/{}");
    private static final List<String> PARAMETERS = List.of(
            "$filter=state%20eq%20'active'",
            "$filter=startswith(id,'p')",
            "$filter=id%20gt%20'a'%20and%20not%20id",
            "$filter=" + "(".repeat(300),
            "$filter=creationTime%20gt%20DateTime'2026-01-01'",
            "$filter=%00",
            "$filter=",
            "%24filter=executionInfo/exitCode%20ge%200",
            "$filter=%27",
            "$select=id,state",
            "$select=id,%20url,stats",
            "$select=*",
            "$select=",
            "$expand=stats",
            "$expand=all",
            "maxresults=1",
            "maxresults=0",
            "maxresults=-5",
            "maxresults=99999999999",
            "maxresults=a",
            "timeout=30",
            "timeout=-1",
            "timeout=x",
            "recursive=true",
            "recursive=maybe",
            "force=true",
            "$skiptoken=TB1.YQ",
            "$skiptoken=x",
            "starttime=2026-01-01T00:00:00Z",
            "starttime=x",
            "unknown=1",
            "a",
            "=",
            "%zz=1",
            "&&&",
            "maxresults=1&maxresults=2");
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
    private final FuzzBodies bodies;
    private final URI endpoint;
    private final String account;
    private final SecretKeySpec key;

    FuzzRequests(URI endpoint, String account, String key, long seed) {
        this.endpoint = endpoint;
        this.account = account;
        this.key = new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256");
        random = new Random(seed);
        bodies = new FuzzBodies(random);
    }

    FuzzRequest next() {
        if (random.nextInt(25) == 0) {
            String garbage = pick(GARBAGE);
            return new FuzzRequest(garbage, false, false);
        }
        String method = random.nextInt(60) == 0 ? "BREW" : pick(METHODS);
        String target = target();
        String body = method.equals("POST") || method.equals("PUT") || method.equals("PATCH") ? bodies.next() : "";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean chunked = bytes.length > 0 && random.nextInt(10) == 0;
        Map<String, String> headers = headers(chunked, bytes.length);
        String head = method + " " + target + " HTTP/1.1\r\n" + lines(headers) + signature(method, target, headers);
        String payload = new String(bytes, StandardCharsets.ISO_8859_1);
        String wire = chunked ? Integer.toHexString(bytes.length) + "\r\n" + payload + "\r\n0\r\n\r\n" : payload;
        return new FuzzRequest(head + "\r\n" + wire, method.equals("HEAD"), true);
    }

    private String target() {
        StringBuilder path = new StringBuilder();
        String[] parts = pick(PATHS).split("\\{\\}", -1);
        for (int i = 0; i < parts.length; i++) {
            path.append(i == 0 ? "" : pick(IDS)).append(parts[i]);
        }
        StringBuilder query = new StringBuilder();
        if (random.nextInt(20) != 0) {
            query.append("api-version=").append(random.nextInt(20) == 0 ? "2031-01-01.1.0" : "2024-07-01.20.0");
        }
        for (int count = random.nextInt(4); count > 0; count--) {
            query.append('&').append(pick(PARAMETERS));
        }
        // What stands there is sent byte by byte; blanks would end the target.
        String text = path + (query.length() == 0 ? "" : "?" + query);
        return text.replace(" ", "%20").replaceFirst("^$", "/");
    }

    private Map<String, String> headers(boolean chunked, int length) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", endpoint.getRawAuthority());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
        headers.put("Content-Type", "application/json; odata=minimalmetadata");
        headers.put(chunked ? "Transfer-Encoding" : "Content-Length", chunked ? "chunked" : Integer.toString(length));
        for (int count = Math.max(0, random.nextInt(8) - 5); count > 0; count--) {
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

    private String signature(String method, String target, Map<String, String> headers) {
        String text = random.nextInt(20) == 0 ? "wrong" : textToSign(method, target, headers);
        String scheme = random.nextInt(50) == 0 ? "Bearer" : "SharedKey";
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return "Authorization: " + scheme + " " + account + ":"
                    + Base64.getEncoder().encodeToString(signature) + "\r\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String textToSign(String method, String target, Map<String, String> headers) {
        StringBuilder text = new StringBuilder(method).append('\n');
        for (String name : List.of(
                "Content-Encoding",
                "Content-Language",
                "Content-Length",
                "Content-MD5",
                "Content-Type",
                "Date",
                "If-Modified-Since",
                "If-Match",
                "If-None-Match",
                "If-Unmodified-Since",
                "Range")) {
            boolean replaced = name.equals("Date") && headers.containsKey("ocp-date");
            text.append(replaced ? "" : headers.getOrDefault(name, "")).append('\n');
        }
        for (String name : List.of("ocp-date", "ocp-range")) {
            if (headers.containsKey(name)) {
                text.append(name).append(':').append(headers.get(name)).append('\n');
            }
        }
        int question = target.indexOf('?');
        text.append('/').append(account).append(question < 0 ? target : target.substring(0, question));
        Map<String, String> query = new TreeMap<>();
        for (String pair :
                question < 0 ? new String[0] : target.substring(question + 1).split("&", -1)) {
            String[] halves = pair.split("=", 2);
            if (!pair.isEmpty()) {
                query.put(decoded(halves[0]), halves.length == 1 ? "" : decoded(halves[1]));
            }
        }
        query.forEach(
                (name, value) -> text.append('\n').append(name).append(':').append(value));
        return text.toString();
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
