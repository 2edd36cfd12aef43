package io.twinbatch.api.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputNamingTest {
    private static final String TOTAL = "TOTAL_OUTPUT.txt";

    private final OutputNaming naming = new OutputNaming();

    private List<PlannedInput> name(String... fileNames) {
        List<InputFile> inputs = new ArrayList<>();
        for (int i = 0; i < fileNames.length; i++) {
            inputs.add(new InputFile(Path.of("folder" + i).resolve(fileNames[i]), fileNames[i], 1));
        }
        return naming.name(inputs, Optional.of(TOTAL));
    }

    private List<String> outputs(String... fileNames) {
        return name(fileNames).stream().map(PlannedInput::outputFileName).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt, a_OUTPUT.txt",
        "a.TXT, a_OUTPUT.txt",
        "a, a_OUTPUT.txt",
        ".bashrc, .bashrc_OUTPUT.txt",
        ".txt, .txt_OUTPUT.txt",
        "..x, ..x_OUTPUT.txt",
        ".a.b, .a.b_OUTPUT.txt",
        "a.tar.gz, a.tar.gz_OUTPUT.txt",
        "a., a._OUTPUT.txt",
        "a b'$;.txt, a b'$;_OUTPUT.txt"
    })
    void theResultIsNamedAfterItsInput(String input, String output) {
        assertThat(OutputNaming.naturalName(input)).isEqualTo(output);
    }

    @Test
    void laterInputsOfTheSameNameGetNumbersWhateverTheirCase() {
        assertThat(outputs("a.txt", "A.txt", "b.txt", "a.TXT"))
                .containsExactly("a_OUTPUT.txt", "A-2_OUTPUT.txt", "b_OUTPUT.txt", "a-3_OUTPUT.txt");
    }

    @Test
    void aNumberedNameIsNeverAnotherInputsNaturalName() {
        assertThat(outputs("a.txt", "a.txt", "a-2.txt"))
                .containsExactly("a_OUTPUT.txt", "a-3_OUTPUT.txt", "a-2_OUTPUT.txt");
    }

    @Test
    void theNameOfTheTotalIsNobodyElses() {
        assertThat(outputs("Total.txt")).containsExactly("Total-2_OUTPUT.txt");
        assertThat(name("Total.txt").get(0).outputObject()).isEqualTo("Total-2_OUTPUT.txt");
    }

    @Test
    void composedAndDecomposedCharactersAreTheSameName() {
        assertThat(outputs("\u00e4", "a\u0308")).containsExactly("\u00e4_OUTPUT.txt", "a\u0308-2_OUTPUT.txt");
    }

    @Test
    void objectsHaveSafeNamesAndNodesShortPlainOnes() {
        PlannedInput input = name("sp ace'\"$;\n\u00fc\u6f22?.tx t").get(0);

        assertThat(input.inputObject()).isEqualTo("sp ace_____\u00fc\u6f22_.tx t");
        assertThat(input.outputObject()).isEqualTo("sp ace_____\u00fc\u6f22_.tx t_OUTPUT.txt");
        assertThat(input.outputFileName()).isEqualTo("sp ace'\"$;\n\u00fc\u6f22?.tx t_OUTPUT.txt");
        assertThat(input.nodePath()).isEqualTo("in-0");
        assertThat(name("x", "y.txt").get(1).nodePath()).isEqualTo("in-1.txt");
    }

    @Test
    void differentNamesThatBecomeTheSameObjectAreToldApart() {
        assertThat(name("a?.txt", "a*.txt"))
                .extracting(PlannedInput::outputObject)
                .containsExactly("a__OUTPUT.txt", "a__OUTPUT-2.txt");
    }

    @Test
    void tenThousandEqualNamesAreNamedInTime() {
        String[] names = new String[10_000];
        Arrays.fill(names, "same.txt");

        assertThat(outputs(names)).doesNotHaveDuplicates().last().isEqualTo("same-10000_OUTPUT.txt");
    }

    @Test
    void randomNamesAreUniqueLegalAndTheSameEveryTime() {
        Random random = new Random(42);
        String[] pieces = {
            "a",
            "A",
            ".",
            "..",
            "-2",
            "_OUTPUT",
            "-",
            " ",
            "\u00e4",
            "a\u0308",
            "\ud83d\ude00",
            "\ud800",
            "?",
            "\n",
            "\u017f",
            "s",
            "S",
            "\u0130",
            "i",
            "x".repeat(130),
            "\u6f22".repeat(90),
            ".txt",
            "\\"
        };
        ContainerName container = new ContainerName("box");
        for (int round = 0; round < 300; round++) {
            String[] names = new String[1 + random.nextInt(30)];
            for (int i = 0; i < names.length; i++) {
                StringBuilder name = new StringBuilder();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    name.append(pieces[random.nextInt(pieces.length)]);
                }
                // A lone surrogate, "." and ".." cannot be the names of files.
                names[i] = name.toString().replace("\ud800", "\u00a0").replaceFirst("^\\.{1,2}$", "dot");
            }
            List<PlannedInput> named = name(names);
            assertThat(name(names)).isEqualTo(named);
            assertUnique(named.stream().map(PlannedInput::outputFileName).toList(), TOTAL);
            assertUnique(named.stream().map(PlannedInput::outputObject).toList(), TOTAL);
            assertUnique(named.stream().map(PlannedInput::inputObject).toList(), null);
            for (PlannedInput input : named) {
                assertThat(new ObjectKey(container, input.inputObject()).name()).doesNotEndWith(" ");
                assertThat(new ObjectKey(container, input.outputObject()).name())
                        .doesNotEndWith(" ");
                assertThat(input.outputFileName().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThan(256);
                assertThat(input.nodePath()).matches("in-[0-9]+(\\.[A-Za-z0-9]+)?");
            }
        }
    }

    private static void assertUnique(List<String> names, String reserved) {
        Set<String> keys = new HashSet<>();
        if (reserved != null) {
            keys.add(FileName.key(reserved));
        }
        assertThat(names).allMatch(name -> keys.add(FileName.key(name)), "is unique");
    }
}
