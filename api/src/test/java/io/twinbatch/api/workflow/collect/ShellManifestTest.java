package io.twinbatch.api.workflow.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.workflow.collect.Manifest.NamedOutput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellManifestTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String BEGIN = "twinbatch-manifest 2 results/\n";

    private final ManifestReader reader = new ManifestReader();

    @Test
    void filesAreListedByTheirInputWithWhateverNamesTheyHave() {
        String name = "a \u00e4\nend\n'$x'";
        String text = BEGIN + "file r-7-1 d/" + name + "\0\nfile r-7-2 b\0\n" + HASH + "  r-7-1\n" + HASH
                + "  r-7-2\nsize 12 r-7-1\nsize 0 r-7-2\nend\n";

        Manifest manifest =
                reader.read("task t", new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));

        assertThat(manifest.filesOf("results/r-7"))
                .containsExactly(new NamedOutput("results/r-7-1", "d/" + name), new NamedOutput("results/r-7-2", "b"));
        assertThat(manifest.entry("results/r-7-1")).contains(new Manifest.Entry(12, HASH));
    }

    @Test
    void anOutputThatThePlanNamesHasNoOtherName() {
        Manifest manifest = reader.read("task t", BEGIN + "failed 2 1\n" + HASH + "  r-1\nsize 5 r-1\nend\n");

        assertThat(manifest.entry("results/r-1")).contains(new Manifest.Entry(5, HASH));
        assertThat(manifest.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "end",
                "HASH  r-1\nend\n",
                "HASH  r-1\nsize 5 r-1\n",
                "HASH  r-1\nsize 5 r-1\nend\nmore\n",
                "HASH  ../r-1\nsize 5 r-1\nend\n",
                "file r-1-1 a\nend\n",
                "file r-1-1 a\0\nfile r-1-2 a\0\nend\n",
                "file x a\0\nend\n",
                "size 05 r-1\nend\n"
            })
    void whatIsCutOffOrNotInTheFormatIsRefused(String text) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> reader.read("task t", BEGIN + text.replace("HASH", HASH)))
                .withMessageStartingWith("manifest of task t: ")
                .returns(ErrorCode.INVALID, BatchException::code);
    }
}
