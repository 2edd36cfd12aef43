package io.twinbatch.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.gz, a.txt.gz, true",
        "*.gz, d/a.txt.gz, false",
        "{}.gz, a.txt.gz, true",
        "{}.gz, b.txt.gz, false",
        "{.}-?.png, a-1.png, true",
        "{.}-?.png, a-10.png, false",
        "page[0-9].txt, page7.txt, true",
        "page[!0-9].txt, page7.txt, false",
        "{#}.out, 3.out, true",
        "**/*.png, x.png, true",
        "a+b(c).txt, a+b(c).txt, true"
    })
    void aNameIsMatchedAsAShellMatchesIt(String pattern, String name, boolean matches) {
        assertThat(ResultPattern.of(pattern, Placeholders.OF_INPUTS)
                        .matches(name, new InputValues("a.txt", 3, Map.of())))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "*.gz      | *'.gz'",
                "{}.gz     | \"${TWINBATCH_INPUT}\"'.gz'",
                "it\"s $x* | 'it\"s $x'*",
                "d/[a-c]?  | 'd/'[a-c]?"
            })
    void onlyWildcardsAndPlaceholdersMeanAnythingToTheShell(String pattern, String word) {
        assertThat(ResultPattern.of(pattern, Placeholders.OF_INPUTS).shellWords())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "./",
                "../x",
                "a/../../x",
                "/etc/passwd",
                "a//b",
                "out/",
                "{x}",
                "{//}",
                "a\\b",
                "a\nb",
                "**",
                "a**b"
            })
    void whatLeavesTheFolderOrCannotBeReadIsRefused(String pattern) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> ResultPattern.of(pattern, Placeholders.OF_INPUTS))
                .withMessageStartingWith("pattern ")
                .returns(ErrorCode.INVALID, BatchException::code);
    }
}
