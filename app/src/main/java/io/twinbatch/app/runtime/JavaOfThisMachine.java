package io.twinbatch.app.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Java that runs this program.
 *
 * @param home its folder
 * @param version its version with its build, such as {@code 17.0.15+6-Debian-1deb12u1}
 * @param system the operating system, as Java names it
 * @param architecture the architecture of the processor, as Java names it
 */
public record JavaOfThisMachine(Path home, String version, String system, String architecture) {
    /** The program loader of glibc, without which a runtime that is made here would not start on nodes that have it. */
    private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

    /** Finds it. */
    public static JavaOfThisMachine find() {
        return new JavaOfThisMachine(
                Path.of(System.getProperty("java.home")),
                System.getProperty("java.runtime.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    /** Its executable. */
    public Path executable() {
        return program("java");
    }

    /** Where one of its programs is, or would be. */
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Why no runtime for nodes can be made of it; empty when it can. */
    Optional<String> obstacle() {
        if (!system.equals("Linux") || !architecture.equals("amd64") || !Files.exists(LOADER)) {
            return Optional.of("the program does not run on Linux with glibc on x86_64, as nodes do");
        }
        if (!Files.isExecutable(program("jlink"))) {
            return Optional.of(home + " is no JDK with jlink");
        }
        return Optional.empty();
    }
}
