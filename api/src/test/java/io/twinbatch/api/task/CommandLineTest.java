package io.twinbatch.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void plainArgumentsAreNotQuoted() {
        assertThat(CommandLine.of(List.of("java", "-jar", "/a/b.jar", "--n=3"))).isEqualTo("java -jar /a/b.jar --n=3");
    }

    @Test
    void specialCharactersAreKeptByQuotes() {
        assertThat(CommandLine.of(List.of("a b", "", "$HOME;", "it's", "say \"x\"")))
                .isEqualTo("'a b' '' '$HOME;' \"it's\" 'say \"x\"'");
    }

    @Test
    void whatCannotBeQuotedBeyondDoubtIsRefused() {
        assertInvalid(() -> CommandLine.of(List.of("both ' and \"")));
        assertInvalid(() -> CommandLine.of(List.of("it's $5")));
        assertInvalid(() -> CommandLine.of(List.of("nul \0")));
    }

    @Test
    void splittingUndoesQuotingForRandomArguments() {
        Random random = new Random(7);
        String alphabet = "ab '\"\\$`;|&<>*?~#\t\n\u00e4\u6f22%=,.-_/";
        for (int round = 0; round < 5000; round++) {
            List<String> arguments = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                StringBuilder argument = new StringBuilder();
                for (int length = random.nextInt(8); length > 0; length--) {
                    argument.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                arguments.add(argument.toString());
            }
            String line;
            try {
                line = CommandLine.of(arguments);
            } catch (BatchException e) {
                assertThat(arguments).anyMatch(argument -> argument.contains("'"));
                continue;
            }
            assertThat(CommandLine.split(line)).isEqualTo(arguments);
        }
    }

    @Test
    void splittingFollowsTheQuotingOfPosixShells() {
        assertThat(CommandLine.split(" a  'b c'\"d\\\"e\\n\" f\\ g ''\n\"\\\\\" "))
                .containsExactly("a", "b cd\"e\\n", "f g", "", "\\");
    }

    @Test
    void aNulCharacterIsRefusedWhereverItIs() {
        assertInvalid(() -> CommandLine.split("a b\0c"));
        assertInvalid(() -> CommandLine.split("\0"));
    }

    @Test
    void aScriptReachesTheShellAsOneArgument() {
        assertThat(CommandLine.split(CommandLine.shell("echo \"$A\" \\ | cat")))
                .containsExactly("/bin/sh", "-c", "echo \"$A\" \\ | cat");
        assertInvalid(() -> CommandLine.shell("echo 'x'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \t", "a 'b", "a \"b"})
    void anEmptyOrOpenCommandLineIsRefused(String commandLine) {
        assertInvalid(() -> CommandLine.split(commandLine));
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(call)
                .returns(ErrorCode.INVALID, BatchException::code);
    }
}
