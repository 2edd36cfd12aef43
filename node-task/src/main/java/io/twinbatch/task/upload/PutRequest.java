package io.twinbatch.task.upload;

import io.twinbatch.task.PlainText;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One try to put a file to a URL. The file is streamed, so its size does not matter to the memory. */
final class PutRequest {
    private static final int CONNECT_MILLIS = 20_000;
    private static final int READ_MILLIS = 120_000;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_ERROR_BODY = 1 << 13;

    /** How the JDK reports a proxy that does not connect to the object store. */
    private static final Pattern PROXY_REFUSAL = Pattern.compile("Proxy returns \"HTTP/\\d\\.\\d (\\d{3})");

    private final StoreRoute route;
    private final URL url;
    private final Map<String, String> headers;

    PutRequest(StoreRoute route, URL url, Map<String, String> headers) {
        this.route = route;
        this.url = url;
        this.headers = headers;
    }

    /** Sends the file and returns the answer, whatever it is; throws if the connection fails. */
    HttpAnswer send(File file) throws IOException {
        HttpURLConnection connection = route.open(url);
        connection.setRequestMethod("PUT");
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(file.length());
        connection.setRequestProperty("Content-Type", "text/plain; charset=utf-8");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            connection.setRequestProperty(header.getKey(), header.getValue());
        }
        try (InputStream in = new FileInputStream(file);
                OutputStream out = connection.getOutputStream()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            Matcher refusal = PROXY_REFUSAL.matcher(String.valueOf(e.getMessage()));
            if (refusal.find()) {
                return new HttpAnswer(Integer.parseInt(refusal.group(1)), refusal.group(1), 0);
            }
            throw e;
        }
        return answer(connection);
    }

    private static HttpAnswer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("the answer is not HTTP");
        }
        String words = connection.getResponseMessage();
        String body = body(connection, status);
        String code = errorCode(body);
        String reason = status + (words == null ? "" : " " + words) + (code.isEmpty() ? "" : " (" + code + ")");
        return new HttpAnswer(status, PlainText.text(reason), retryAfterMillis(connection));
    }

    /** Reads the body to its end, so that the connection can be used again. */
    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return in == null ? "" : new String(in.readNBytes(MAX_ERROR_BODY), StandardCharsets.UTF_8);
        }
    }

    /** Object stores put a short code into the XML of an error: it says more than the status. */
    private static String errorCode(String body) {
        int from = body.indexOf("<Code>") + 6;
        int to = body.indexOf("</Code>", from);
        if (from < 6 || to < 0 || to - from > 64) {
            return "";
        }
        for (int at = from; at < to; at++) {
            if (!Character.isLetterOrDigit(body.charAt(at))) {
                return "";
            }
        }
        return body.substring(from, to);
    }

    private static long retryAfterMillis(HttpURLConnection connection) {
        String value = connection.getHeaderField("Retry-After");
        if (value == null) {
            return 0;
        }
        try {
            return Math.multiplyExact(Math.max(0, Long.parseLong(value.strip())), 1_000);
        } catch (ArithmeticException | NumberFormatException e) {
            long date = connection.getHeaderFieldDate("Retry-After", 0);
            return date == 0 ? 0 : Math.max(0, date - System.currentTimeMillis());
        }
    }
}
