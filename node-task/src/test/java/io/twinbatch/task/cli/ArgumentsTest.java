package io.twinbatch.task.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.task.PercentNames;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @TempDir
    private Path folder;

    @Test
    void takesValuesAfterEqualsAndAsTheNextWord() throws TaskException {
        Arguments arguments =
                parse("--filepath=a=b.txt", "--numwords", "3", "--output-name=x%20y.txt", "--counts", "c");
        assertThat(arguments.inputs()).containsExactly(new Input(new File("a=b.txt"), "x y.txt"));
        assertThat(arguments.wordLimit()).isEqualTo(3);
        assertThat(arguments.countsName()).isEqualTo("c");
        assertThat(arguments.manifestName()).isNull();
        assertThat(arguments.isMerge()).isFalse();
    }

    @Test
    void namesResultsAfterTheirInputs() throws TaskException {
        Arguments arguments = parse("--numwords=1", "--filepath=d/text.v2.txt", "--filepath=plain", "--filepath=.rc");
        assertThat(arguments.inputs())
                .extracting(Input::resultName)
                .containsExactly("text.v2_OUTPUT.txt", "plain_OUTPUT.txt", ".rc_OUTPUT.txt");
    }

    @Test
    void readsInputsFromAList() throws Exception {
        Path list = list("one file.txt\tone%0Afile.txt\n\n/d/t\u00fc.txt\tt%C3%BC.txt");
        Arguments arguments = parse("--numwords=1", "--filelist", list.toString());
        assertThat(arguments.inputs())
                .containsExactly(
                        new Input(new File("one file.txt"), "one\nfile.txt"),
                        new Input(new File("/d/t\u00fc.txt"), "t\u00fc.txt"));
    }

    @Test
    void needsNoNamesInAListOfFilesToMerge() throws Exception {
        Path list = list("a.counts\nb.counts\tignored\n");
        Arguments arguments = parse("--numwords=1", "--merge", "--output-name=all", "--filelist=" + list);
        assertThat(arguments.isMerge()).isTrue();
        assertThat(arguments.inputs())
                .extracting(Input::file)
                .containsExactly(new File("a.counts"), new File("b.counts"));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws IOException {
        assertThat(refusal("--numwords=3")).contains("--filepath or --filelist");
        assertThat(refusal("--filepath=a")).contains("--numwords is needed");
        assertThat(refusal("--filepath=a", "--numwords=0")).contains("'0'").contains("1 or more");
        assertThat(refusal("--filepath=a", "--numwords=-4")).contains("'-4'");
        assertThat(refusal("--filepath=a", "--numwords=ten")).contains("'ten'");
        assertThat(refusal("--filepath=a", "--numwords")).contains("--numwords needs a value");
        assertThat(refusal("--filepath=", "--numwords=1")).contains("--filepath needs a value");
        assertThat(refusal("--filepath=a", "--numwords=1", "--numwords=2")).contains("twice");
        assertThat(refusal("--words=1")).contains("'--words' is not an option");
        assertThat(refusal("a.txt")).contains("'a.txt' is not an option");
        assertThat(refusal("--merge=yes")).contains("takes no value");
        assertThat(refusal("--merge", "--filepath=a", "--numwords=1")).contains("--merge needs --output-name");
        assertThat(refusal("--filepath=a", "--filepath=b", "--numwords=1", "--output-name=x"))
                .contains("--output-name");
        assertThat(refusal("--filepath=a", "--filelist=b", "--numwords=1")).contains("together");
        assertThat(refusal("--numwords=1", "--filelist=" + list("no tab\n"))).contains("line 1");
        assertThat(refusal("--numwords=1", "--filelist=" + list("\n"))).contains("names no input");
    }

    @Test
    void takesAnyNumberOfWordsHoweverLarge() throws TaskException {
        assertThat(parse("--filepath=a", "--numwords=99999999999").wordLimit()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesNamesThatAreNoneBelowAContainer() {
        for (String name : new String[] {"%4", "%zz", "%", "%ff", "/a", "a//b", "a/", "..", "a/%2e%2E/b", "."}) {
            assertThat(refusal("--filepath=a", "--numwords=1", "--output-name=" + name))
                    .as(name)
                    .contains("cannot be used");
        }
    }

    @Test
    void saysWhichListCannotBeRead() {
        TaskException failure = catchThrowableOfType(
                TaskException.class, () -> parse("--numwords=1", "--filelist=" + folder.resolve("none")));
        assertThat(failure.code()).isEqualTo(TaskExitCode.CANNOT_READ);
        assertThat(failure).hasMessageContaining("none").hasMessageEndingWith("No such file or directory");
    }

    @Test
    void encodesNamesSoThatTheyDecodeToThemselves() throws TaskException {
        String name = "a b/\u00fc\u20ac\ud83d\ude00%+&?#'\"\n~.txt";
        assertThat(PercentNames.encode(name))
                .isEqualTo("a%20b/%C3%BC%E2%82%AC%F0%9F%98%80%25%2B%26%3F%23%27%22%0A~.txt");
        assertThat(PercentNames.decode(PercentNames.encode(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/%2e%2e/x", "wd/../..", "/etc/passwd", "a%00b", "a//b", ""})
    void refusesAnOutputNameThatLeavesItsPlace(String name) {
        assertThatThrownBy(() -> PercentNames.decode(name)).isInstanceOf(TaskException.class);
    }

    private Path list(String content) throws IOException {
        return Files.writeString(folder.resolve("list"), content);
    }

    private static Arguments parse(String... words) throws TaskException {
        return Arguments.parse(words);
    }

    private static String refusal(String... words) {
        TaskException failure = catchThrowableOfType(TaskException.class, () -> parse(words));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(TaskExitCode.USAGE);
        return failure.getMessage();
    }

    @Test
    void repeatsNeitherASignatureNorAWholeLongValue() {
        String signed = "https://a.blob.core.windows.net/c?sv=1&sig=secret";
        for (String word : List.of(signed, "--numwords=" + signed, "--" + "x".repeat(70_000))) {
            TaskException failure =
                    catchThrowableOfType(TaskException.class, () -> parse("--filepath=a", "--numwords=1", word));
            assertThat(failure.getMessage()).doesNotContain("secret").hasSizeLessThan(400);
        }
        TaskException failure =
                catchThrowableOfType(TaskException.class, () -> parse("--filepath=a", "--numwords=" + signed));
        assertThat(failure.getMessage()).contains("c?***").doesNotContain("secret");
    }
}
