package io.twinbatch.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "gzip -k {}          | gzip -k \"${TWINBATCH_INPUT}\"",
                "cp {} {.}.txt       | cp \"${TWINBATCH_INPUT}\" \"${TWINBATCH_INPUT_STEM}\".txt",
                "echo \"{/} is {#}\" | echo \"${TWINBATCH_INPUT_NAME} is ${TWINBATCH_INPUT_NUMBER}\"",
                "a=\"$(wc -c {})\"   | a=\"$(wc -c \"${TWINBATCH_INPUT}\")\"",
                "a=\"$(b \"{}\")\"   | a=\"$(b \"${TWINBATCH_INPUT}\")\"",
                "awk '{print $1}' {} | awk '{print $1}' \"${TWINBATCH_INPUT}\"",
                "find . -exec x \\{} \\; | find . -exec x \\{} \\;",
                "echo ${A:-b} {}     | echo ${A:-b} \"${TWINBATCH_INPUT}\"",
                "grep -E x{2} {}     | grep -E x{2} \"${TWINBATCH_INPUT}\"",
                "{ cat {}; }         | { cat \"${TWINBATCH_INPUT}\"; }",
                "echo {a,b} {}       | echo {a,b} \"${TWINBATCH_INPUT}\"",
                "-x {}               | ~ -x \"${TWINBATCH_INPUT}\"~"
            })
    void placeholdersBecomeQuotedExpansionsOfVariables(String text, String shell) {
        assertThat(CommandText.of(text, Placeholders.OF_INPUTS).forShell()).isEqualTo(shell);
    }

    @Test
    void quotesInCommentsOpenNothing() {
        assertThat(CommandText.of("# it's for {}\ncat {}", Placeholders.OF_INPUTS)
                        .forShell())
                .isEqualTo("# it's for {}\ncat \"${TWINBATCH_INPUT}\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "cat {//}",
                "cat {..}",
                "cat {name}",
                "echo '{}'",
                "sh -c 'cat {}'",
                "cat \"{}",
                "echo 'a",
                "cat <<END\n{}\nEND",
                "a\0b"
            })
    void whatCannotBeRunAsItIsMeantIsRefused(String text) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> CommandText.of(text, Placeholders.OF_INPUTS))
                .withMessageStartingWith("command: ")
                .returns(ErrorCode.INVALID, BatchException::code);
    }

    @Test
    void aPersonSeesTheCommandWithTheNamesInIt() {
        CommandText command = CommandText.of("gzip -k {} && echo \"{/}\" {#}", Placeholders.OF_INPUTS);

        assertThat(command.shownFor(new InputValues("a b.txt", 7, Map.of())))
                .isEqualTo("gzip -k 'a b.txt' && echo \"a b.txt\" 7");
        assertThat(command.shownFor(new InputValues("-\"$x`.txt", 1, Map.of())))
                .isEqualTo("gzip -k './-\"$x`.txt' && echo \"-\\\"\\$x\\`.txt\" 1");
    }
}
