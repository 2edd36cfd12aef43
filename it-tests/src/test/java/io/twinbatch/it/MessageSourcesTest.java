package io.twinbatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages say why something failed in plain words: an exception as text begins with the name of its Java class. */
class MessageSourcesTest {
    private static final Pattern EXCEPTION =
            Pattern.compile("catch \\([\\w\\s|.]+?\\s(\\w+)\\)|(?:Exception|Throwable|Error) (\\w+)[,)]");

    private static final Pattern CLASS_NAME = Pattern.compile("\\.getClass\\(\\)\\.get\\w*Name\\(|\\.getSimpleName\\(");

    /** Log lines at DEBUG, and a fault of the program itself. */
    private static final List<String> FOR_DEVELOPERS = List.of("LoggedRequests.java", "RecordCodec.java");

    @Test
    void noMessageIsMadeOfAnException() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            for (String name : names(source)) {
                found.addAll(places(
                        file,
                        source,
                        Pattern.compile("\"\\s*\\+\\s*" + name + "\\b(?!\\s*[.(])|\\b" + name
                                + "\\.toString\\(\\)|String\\.valueOf\\(" + name + "\\)|\\b" + name
                                + "\\s*\\+\\s*\"")));
            }
        }
        assertThat(found).as("use FailureReason.of").isEmpty();
    }

    @Test
    void noMessageNamesAClass() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            if (!FOR_DEVELOPERS.contains(file.getFileName().toString())) {
                found.addAll(places(file, Files.readString(file), CLASS_NAME));
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        Path project =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("api", "app", "backend-azure", "backend-local", "node-task")) {
            try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/main/java"))) {
                files.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        return sources;
    }

    /** The variables and parameters of a file that hold exceptions. */
    private static Set<String> names(String source) {
        Set<String> names = new TreeSet<>();
        EXCEPTION
                .matcher(source)
                .results()
                .forEach(result -> names.add(result.group(1) == null ? result.group(2) : result.group(1)));
        return names;
    }

    private static List<String> places(Path file, String source, Pattern pattern) {
        return pattern.matcher(source)
                .results()
                .map(result -> file.getFileName() + ":"
                        + (source.substring(0, result.start()).lines().count() + 1) + ": " + result.group())
                .toList();
    }
}
