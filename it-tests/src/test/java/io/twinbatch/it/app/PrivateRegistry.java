package io.twinbatch.it.app;

import com.github.dockerjava.api.model.AuthConfig;
import io.twinbatch.it.contract.DockerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry of container images on this machine that has one image and asks for a login. */
final class PrivateRegistry implements AutoCloseable {
    static final String USER = "tester";
    static final String PASSWORD = "hush";

    private static final String PROGRAM = "docker-registry";
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+)");

    /** The line of the user and the password above in a file of {@code htpasswd}. */
    private static final String PASSWORDS = "tester:$2y$05$B8d2wq5y.x0dFcfOvp9iRuXzJsvoNfdVY11PPCm2MGvtextHZUnpq\n";

    private final Process process;
    private final String address;

    private PrivateRegistry(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Whether the registry's program is installed. */
    static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin", PROGRAM));
    }

    /** Starts a registry that has an image of this machine. */
    static PrivateRegistry with(String image, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path passwords = Files.writeString(folder.resolve("passwords"), PASSWORDS);
        Path settings =
                Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: "%s"}}
                http: {addr: "127.0.0.1:0"}
                auth: {htpasswd: {realm: test, path: "%s"}}
                """.formatted(folder.resolve("data"), passwords));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(PROGRAM, "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Deadline.await(
                Duration.ofSeconds(30),
                () -> "the registry: " + read(log),
                () -> LISTENING.matcher(read(log)).find());
        Matcher listening = LISTENING.matcher(read(log));
        if (!listening.find()) {
            throw new IllegalStateException(read(log));
        }
        PrivateRegistry registry = new PrivateRegistry(process, listening.group(1));
        AuthConfig login = new AuthConfig()
                .withRegistryAddress(registry.address)
                .withUsername(USER)
                .withPassword(PASSWORD);
        DockerState.moveToRegistry(image, registry.repository(), login);
        return registry;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String repository() {
        return address + "/tools/image";
    }

    /** Its host and port. */
    String address() {
        return address;
    }

    /** The name of its image. */
    String image() {
        return repository() + ":1";
    }

    /** The file in which {@code docker login} would have kept the login. */
    String loginFile() {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\": {\"" + address + "\": {\"auth\": \"" + login + "\"}}}";
    }

    /** Makes this machine forget the image, so that it has to be fetched again. */
    void forgetImage() {
        DockerState.removeImage(image());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        forgetImage();
    }
}
