package io.twinbatch.it.app;

import java.net.URI;
import java.nio.file.Files;
import java.util.List;

/** Measures in a real browser how soon pages of the portal are there, for {@code docs/benchmarks/portal/run.sh}. */
public final class PaintBenchmark {
    private static final int ROUNDS = 6;

    private static final String TIMES = """
            const page = performance.getEntriesByType("navigation")[0];
            const paint = performance.getEntriesByName("first-contentful-paint")[0];
            return [page.responseEnd, paint ? paint.startTime : page.domContentLoadedEventEnd].map(Math.round).join(" / ")
              + " ms, " + Math.round(page.decodedBodySize / 1024) + " KiB";
            """;

    private PaintBenchmark() {}

    /** Arguments: the address with the token, and paths of pages. */
    public static void main(String[] arguments) throws Exception {
        URI address = URI.create(arguments[0]);
        String base = address.getScheme() + "://" + address.getRawAuthority();
        try (Browser browser = Browser.start(Files.createTempDirectory("twinbatch-paint"))) {
            browser.open(
                    base + "/assets/page.css?token=" + address.getRawQuery().replace("token=", ""));
            for (String path : List.of(arguments).subList(1, arguments.length)) {
                for (int round = 1; round <= ROUNDS; round++) {
                    browser.open(base + path);
                    System.out.println(path + " round " + round + ": whole page / first paint " + browser.run(TIMES));
                }
            }
        }
    }
}
