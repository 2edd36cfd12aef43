package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.local.emulator.http.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of the service's operations tells the truth. */
class OperationsTableTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([A-Z]+) (/\\S+)` \\| [^|]+ \\| `(\\w+)\\.(\\w+)` \\|$");
    private static final int OPERATIONS = 72;

    @TempDir
    private Path folder;

    private static List<MatchResult> rows() throws IOException {
        String table = Files.readString(Path.of("..", "docs", "emulator.md"));
        return ROW.matcher(table).results().toList();
    }

    @Test
    void itNamesEveryOperationOnce() throws Exception {
        assertThat(rows().stream().map(row -> row.group(1) + " " + row.group(2)))
                .hasSize(OPERATIONS)
                .doesNotHaveDuplicates();
    }

    @Test
    void eachTestOfItExists() throws Exception {
        Map<String, Path> tests = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java/io/twinbatch/local/emulator"))) {
            files.forEach(file -> tests.put(file.getFileName().toString(), file));
        }
        for (MatchResult row : rows()) {
            Path test = tests.get(row.group(3) + ".java");
            assertThat(test).as(row.group(3)).isNotNull().content().contains("void " + row.group(4) + "(");
        }
    }

    @Test
    void eachOperationOfItIsThere() throws Exception {
        try (ServiceRig rig = new ServiceRig(folder.resolve("state"))) {
            for (MatchResult row : rows()) {
                String url = row.group(2).replace("{}", "none");
                try {
                    assertThat(rig.call(row.group(1), url, Map.of(), "").status())
                            .as(row.group())
                            .isLessThan(300);
                } catch (ServiceFault fault) {
                    assertThat(fault.code()).as(row.group()).isNotIn("ResourceNotFound", "UnsupportedHttpVerb");
                }
            }
        }
    }
}
