package io.twinbatch.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.PackedJava;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeJavaTest {
    private static final String MAKES_AN_IMAGE =
            "mkdir -p image/bin; printf '#!/bin/sh\\n' >image/bin/java; chmod +x image/bin/java";

    private static final JavaOfThisMachine HERE = JavaOfThisMachine.find();

    @TempDir
    private Path folder;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    private Path cache() {
        return folder.resolve("cache");
    }

    private JavaRuntime choose(JavaOfThisMachine here) {
        return new NodeJava(Map.of(), here, cache()).choose(notes::add);
    }

    private static void assumeThatItCanBePacked() {
        assumeTrue(HERE.obstacle().isEmpty(), () -> HERE.obstacle().orElseThrow());
    }

    /** Everything with the JDK's own tools: jlink, the archive of classes, the script on a node that has no Java. */
    @Test
    void theJdkOfThisMachineIsPackedAndRunsOnANodeWithoutJava() throws Exception {
        assumeThatItCanBePacked();

        JavaRuntime runtime = choose(HERE);
        PackedJava packed = runtime.packed().orElseThrow();

        assertThat(notes).singleElement().asString().contains("packing a Java runtime");
        assertThat(Files.size(packed.archive())).isBetween(10L << 20, 40L << 20);
        assertThat(Files.getPosixFilePermissions(packed.archive()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(entries(cache())).hasSize(2).contains("java-runtime.lock");
        Path node = node(runtime);
        assertThat(run(node, "/bin/sh", "./prepare-java.sh")).isEmpty();
        assertThat(run(node, "./java", "-Xshare:on", "-version"))
                .contains("version \"" + Runtime.version().feature(), "sharing");
        assertThat(run(node, "./java", "--list-modules")).contains("java.base@", "jdk.crypto.ec@");
        assertThat(entries(node.resolve("runtime/lib/security"))).contains("cacerts");

        assertThat(choose(HERE)).isEqualTo(runtime);
        assertThat(notes).hasSize(1);
    }

    @Test
    void anArchiveThatIsNotAsItWasMadeIsMadeAgain() throws IOException {
        JavaOfThisMachine jdk = jdk(MAKES_AN_IMAGE);
        Path archive = choose(jdk).packed().orElseThrow().archive();
        byte[] cutOff = {1, 2, 3};
        Files.write(archive, cutOff);

        PackedJava again = choose(jdk).packed().orElseThrow();

        assertThat(notes).hasSize(2);
        assertThat(again.archive()).isEqualTo(archive);
        assertThat(new Sha256().add(archive).hex()).isEqualTo(again.sha256());
        assertThat(Files.size(archive)).isGreaterThan(cutOff.length);
    }

    @Test
    void severalAtOnceMakeItOnce() throws IOException {
        JavaOfThisMachine jdk = jdk(MAKES_AN_IMAGE);

        List<JavaRuntime> all =
                Stream.generate(() -> CompletableFuture.supplyAsync(() -> choose(jdk))).limit(4).toList().stream()
                        .map(CompletableFuture::join)
                        .distinct()
                        .toList();

        assertThat(all)
                .singleElement()
                .satisfies(runtime -> assertThat(runtime.packed()).isPresent());
        assertThat(notes).hasSize(1);
    }

    @Test
    void aToolThatFailsIsNamedAndTheNodesInstallJava() throws IOException {
        assertThat(choose(jdk("echo 'Error: no jmods here'; exit 1"))).isEqualTo(JavaRuntime.ofNodes());

        assertThat(notes)
                .last()
                .asString()
                .contains("nodes without Java install it", "jlink ended with exit code 1: Error: no jmods here");
        assertThat(entries(cache())).containsExactly("java-runtime.lock");
    }

    @Test
    void whatCannotServeNodesIsNotPacked() throws IOException {
        JavaOfThisMachine arm = new JavaOfThisMachine(HERE.home(), HERE.version(), "Linux", "aarch64");
        JavaOfThisMachine runtimeAlone =
                new JavaOfThisMachine(Files.createDirectories(folder.resolve("jre")), HERE.version(), "Linux", "amd64");

        assertThat(choose(arm)).isEqualTo(JavaRuntime.ofNodes());
        assertThat(choose(runtimeAlone)).isEqualTo(JavaRuntime.ofNodes());

        assertThat(notes.get(0)).contains("does not run on Linux with glibc on x86_64");
        assertThat(cache()).doesNotExist();
    }

    @Test
    void aCacheThatCannotBeWrittenStopsNoRun() throws IOException {
        Files.writeString(cache(), "a file");

        assertThat(choose(jdk("exit 0"))).isEqualTo(JavaRuntime.ofNodes());

        assertThat(notes).singleElement().asString().contains(cache().toString());
    }

    @Test
    void theVariableChoosesAndIsChecked() {
        assertThat(new NodeJava(Map.of("TWINBATCH_NODE_JAVA", "installed"), HERE, cache()).choose(notes::add))
                .isEqualTo(JavaRuntime.ofNodes());
        assertThat(notes).isEmpty();
        NodeJava wrong = new NodeJava(Map.of("TWINBATCH_NODE_JAVA", "jlink"), HERE, cache());
        assertThatThrownBy(() -> wrong.choose(notes::add))
                .isInstanceOf(UsageException.class)
                .hasMessage("TWINBATCH_NODE_JAVA is wrong: packed or installed is expected");
    }

    private JavaOfThisMachine jdk(String jlink) throws IOException {
        assumeThatItCanBePacked();
        Path home = folder.resolve("jdk");
        Path program = home.resolve("bin/jlink");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n" + jlink + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new JavaOfThisMachine(home, "17.0.1+1", HERE.system(), HERE.architecture());
    }

    /** The folder of the preparation task, with its files. */
    private Path node(JavaRuntime runtime) throws IOException {
        Path node = Files.createDirectory(folder.resolve("node"));
        runtime.applicationFiles().forEach((name, file) -> {
            try {
                Files.copy(file, node.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (Map.Entry<String, String> text : runtime.applicationTexts().entrySet()) {
            Files.writeString(node.resolve(text.getKey()), text.getValue());
        }
        return node;
    }

    private String run(Path node, String... command) throws IOException, InterruptedException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String tool : "sh grep cat chmod uname getconf sha256sum tar gzip mkdir rm ln head".split(" ", -1)) {
            if (!Files.exists(programs.resolve(tool))) {
                Path program =
                        Files.writeString(programs.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(node.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
