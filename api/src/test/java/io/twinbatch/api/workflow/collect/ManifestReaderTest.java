package io.twinbatch.api.workflow.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private final ManifestReader reader = new ManifestReader();

    @Test
    void entriesAreFoundByTheirDecodedNames() {
        Manifest manifest =
                reader.read("task t", "twinbatch-manifest 1 2\n" + HASH + " 12 a%20b%C3%A4.txt\n" + HASH + " 0 c+d\n");

        assertThat(manifest.entry("a b\u00e4.txt")).contains(new Manifest.Entry(12, HASH));
        assertThat(manifest.entry("c+d")).contains(new Manifest.Entry(0, HASH));
        assertThat(manifest.entry("c d")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "twinbatch-manifest 2 0\n",
                "twinbatch-manifest 1 0",
                "twinbatch-manifest 1 1\n",
                "twinbatch-manifest 1 1\nHASH 1 a",
                "twinbatch-manifest 1 0\nHASH 1 a\n",
                "twinbatch-manifest 1 1\nHASH 1 a\n\n",
                "twinbatch-manifest 1 1\nHASH 1 a b\n",
                "twinbatch-manifest 1 1\nHASH -1 a\n",
                "twinbatch-manifest 1 1\nHASH 01 a\n",
                "twinbatch-manifest 1 1\nHASH 1 \n",
                "twinbatch-manifest 1 1\nHASH 1 a%2\n",
                "twinbatch-manifest 1 1\nHASH 1 a%zz\n",
                "twinbatch-manifest 1 1\nHASH 1 \u00e4\n",
                "twinbatch-manifest 1 1\r\nHASH 1 a\r\n",
                "twinbatch-manifest 1 1\n12 1 a\n",
                "twinbatch-manifest 1 2\nHASH 1 a\nHASH 1 %61\n"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> reader.read("task t", text.replace("HASH", HASH)))
                .withMessageStartingWith("manifest of task t: ")
                .returns(ErrorCode.INVALID, BatchException::code);
    }
}
