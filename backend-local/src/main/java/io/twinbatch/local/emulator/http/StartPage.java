package io.twinbatch.local.emulator.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a browser that opens the emulator's URL gets: a page that says what this is, without anything of the account. */
final class StartPage {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Twinbatch emulator</title>
            <style>body { font: 1rem/1.5 sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem }</style>
            </head>
            <body>
            <h1>Twinbatch emulator</h1>
            <p>This address serves the REST protocol of the Azure Batch service on this machine. It is for clients of Azure
            Batch, which sign their requests, and has no pages for a browser.</p>
            <p>Give a client this endpoint, and the account and key that the emulator has printed at its start:</p>
            <pre>AZURE_BATCH_ENDPOINT=ENDPOINT</pre>
            <p>With these settings in the environment, <code>app/app --backend=azure FILES</code> runs on it, and
            <code>app/app status --backend=azure</code> shows its jobs.</p>
            <p><a href="/health">/health</a> says whether it is up.</p>
            </body>
            </html>
            """;

    private StartPage() {}

    /** Whether a browser asks for the page. */
    static boolean isWanted(HttpExchange request) {
        return request.path().equals("/")
                && request.method().equals("GET")
                && request.header("authorization").isEmpty()
                && request.header("accept").orElse("").contains("text/html");
    }

    /** The page. */
    static Reply reply(HttpExchange request) {
        byte[] page =
                PAGE.replace("=ENDPOINT<", "=" + escaped(request.base()) + "<").getBytes(StandardCharsets.UTF_8);
        return new Reply(
                200,
                Map.of(
                        "Content-Type", "text/html; charset=utf-8",
                        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
                new Reply.Bytes(page.length, () -> new ByteArrayInputStream(page)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
