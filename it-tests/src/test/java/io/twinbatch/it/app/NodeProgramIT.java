package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of nodes as the app ships it: one jar, which must have everything that it uses. */
class NodeProgramIT {
    @TempDir
    private Path folder;

    @Test
    void theJarUploadsThroughTheProxyThatTheNodeNames() throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        proxy.start();
        try {
            String output = run(
                    0,
                    Map.of(
                            "HTTP_PROXY",
                            "http://127.0.0.1:" + proxy.getAddress().getPort(),
                            "NO_PROXY",
                            "10.0.0.0/8"));

            assertThat(output).contains("result text_OUTPUT.txt");
            assertThat(requests).containsExactly("PUT http://store.example.invalid/out/text_OUTPUT.txt?sig=x");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void aMalformedSettingEndsItAsWrongConfiguration() throws Exception {
        assertThat(run(2, Map.of("HTTP_PROXY", "socks5://secret:1")))
                .startsWith("HTTP_PROXY is wrong: only proxies that are reached over http are supported")
                .doesNotContain("secret");
    }

    private String run(int exitCode, Map<String, String> environment) throws Exception {
        Path text = Files.writeString(folder.resolve("text.txt"), "one two two");
        Path jar = Workbench.project().resolve("app/target/twinbatch/node-task.jar");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "--filepath=" + text,
                        "--numwords=1")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        program.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        program.environment().putAll(environment);
        program.environment().put("TWINBATCH_OUTPUT_URL", "http://store.example.invalid/out?sig=x");
        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
        return output;
    }
}
