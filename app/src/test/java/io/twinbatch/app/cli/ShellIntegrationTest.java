package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on the PATH, and the completion of its command lines. */
class ShellIntegrationTest {
    private static final String SCRIPT = "twinbatch.script";

    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        Path script = app.make("project/app/app", "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        System.setProperty(SCRIPT, script.toString());
    }

    @AfterEach
    void forgetTheScript() {
        System.clearProperty(SCRIPT);
    }

    @Test
    void theCommandIsALinkToTheScriptAndAFolderThatIsNotOnThePathIsNamed() throws IOException {
        app.environment.put("PATH", "/usr/bin:" + folder.resolve("bin"));

        assertThat(app.run("install", "bin")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readSymbolicLink(folder.resolve("bin/twinbatch")))
                .isEqualTo(folder.resolve("project/app/app"));
        assertThat(app.out()).doesNotContain("export PATH");
        assertThat(app.run("install", "bin")).isEqualTo(ExitCode.DONE);
        assertThat(app.run("install", "other")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("export PATH=\"" + folder.resolve("other") + ":$PATH\"");
    }

    @Test
    void anotherProgramOfThatNameIsNotReplacedUnasked() throws IOException {
        Path other = app.make("bin/twinbatch", "mine");

        assertThat(app.run("install", "bin")).isEqualTo(ExitCode.USAGE);
        assertThat(other).hasContent("mine");
        assertThat(app.run("install", "bin", "--force")).isEqualTo(ExitCode.DONE);
        assertThat(other).isSymbolicLink();
    }

    @ParameterizedTest
    @CsvSource({
        "twinbatch --out, --output-dir",
        "twinbatch stat, status",
        "twinbatch status --wat, --watch",
        "twinbatch cleanup --older, --older-than"
    })
    void bashCompletesCommandsAndOptions(String line, String completed) throws Exception {
        assertThat(app.run("completion", "bash")).isEqualTo(ExitCode.DONE);
        Path script = app.make("completion.bash", app.out());
        String[] words = line.split(" ", -1);
        String last = words[words.length - 1];
        String test = ". " + script + "\nCOMP_WORDS=(" + line + ")\nCOMP_CWORD=" + (words.length - 1) + "\nCOMP_LINE='"
                + line + "'\nCOMP_POINT=" + line.length() + "\n_complete_twinbatch twinbatch '" + last
                + "' twinbatch\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";

        Process bash =
                new ProcessBuilder("bash", "-c", test).redirectErrorStream(true).start();

        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(answer).isZero();
        assertThat(answer.lines()).anySatisfy(found -> assertThat(found.strip()).isEqualTo(completed));
    }

    @Test
    void anotherShellIsRefused() {
        assertThat(app.run("completion", "fish")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("bash and zsh");
    }
}
