package io.twinbatch.api.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultLayoutTest {
    private static List<PlannedInput> inputs(String... paths) {
        List<InputFile> files = List.of(paths).stream()
                .map(path -> new InputFile(Path.of(path), path, 1))
                .toList();
        return new NumberedNaming().name(files, Optional.empty());
    }

    private static ResultLayout layout(List<PlannedInput> inputs) {
        return new ResultLayout(inputs.stream()
                .map(input -> new ResultLayout.Names(input.file().fileName(), input.outputFileName()))
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt.gz, a.txt.gz",
        "a.pdf, a.pdf",
        "a-1.png, a-1.png",
        "A.PDF, A.PDF",
        "ab.pdf, a.txt.out/ab.pdf",
        "summary, a.txt.out/summary",
        "d/a.txt.gz, a.txt.out/d/a.txt.gz",
        "a.txt.out, a.txt.out/a.txt.out",
        "b.gz, a.txt.out/b.gz",
        "a-b.gz, a.txt.out/a-b.gz"
    })
    void aFileNamedAfterItsInputLiesInTheFolderItself(String path, String place) {
        List<PlannedInput> inputs = inputs("a.txt", "b.txt", "a-b.txt");

        assertThat(layout(inputs).place(inputs.get(0), path)).isEqualTo(place);
    }

    @Test
    void whatCouldBeTwoInputsLiesInAFolder() {
        List<PlannedInput> inputs = inputs("a.txt", "a.md", "x/a.txt");
        ResultLayout layout = layout(inputs);

        assertThat(layout.place(inputs.get(1), "a.md.gz")).isEqualTo("a.md.gz");
        assertThat(layout.place(inputs.get(1), "a.pdf")).isEqualTo("a.md.out/a.pdf");
        assertThat(layout.place(inputs.get(0), "a.txt.gz")).isEqualTo("a.txt.gz");
        assertThat(layout.place(inputs.get(0), "a.pdf")).isEqualTo("a.txt.out/a.pdf");
        assertThat(layout.place(inputs.get(2), "a.txt.gz")).isEqualTo("a.txt-2.out/a.txt.gz");
    }

    @Test
    void noTwoInputsHaveTheSameFileWhateverTheyMake() {
        String[] names = {"a", "a.txt", "A.txt", "a.txt.out", "a-1", "a.b", "b", "x/a", "a.txt-2.out"};
        List<PlannedInput> inputs = inputs(names);
        ResultLayout layout = layout(inputs);
        Set<String> places = new HashSet<>();

        for (PlannedInput input : inputs) {
            for (String made : List.of("a", "a.txt", "a.txt.out", "a.txt.gz", "a-1.gz", "a.b.c", "b", "c", "a/b")) {
                assertThat(places.add(layout.place(input, made).toLowerCase(Locale.ROOT)))
                        .as("the place of %s from %s", made, input.file().path())
                        .isTrue();
            }
        }
    }
}
