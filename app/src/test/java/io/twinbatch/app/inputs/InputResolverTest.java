package io.twinbatch.app.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputResolverTest {
    @TempDir
    private Path folder;

    @Test
    void filesComeInTheOrderInWhichTheyAreNamed() throws IOException {
        make("b.txt");
        make("a.txt");
        assertThat(names("b.txt", "a.txt")).containsExactly("b.txt", "a.txt");
    }

    @Test
    void aFolderStandsForEverythingInItSorted() throws IOException {
        make("texts/z.txt");
        make("texts/deep/er/a.txt");
        make("texts/m");
        assertThat(names("texts")).containsExactly("texts/deep/er/a.txt", "texts/m", "texts/z.txt");
    }

    @Test
    void hiddenFilesOfAFolderAreLeftOutButCanBeNamed() throws IOException {
        make("texts/.hidden");
        make("texts/.git/config");
        make("texts/seen");
        assertThat(names("texts", "texts/.hidden")).containsExactly("texts/seen", "texts/.hidden");
    }

    @Test
    void aHiddenFolderThatIsNamedIsEntered() throws IOException {
        make(".notes/a");
        assertThat(names(".notes")).containsExactly(".notes/a");
    }

    @Test
    void aLinkThatLeadsInACircleIsLeftOut() throws IOException {
        make("texts/sub/a.txt");
        Files.createSymbolicLink(folder.resolve("texts/sub/loop"), folder.resolve("texts"));
        Files.createSymbolicLink(folder.resolve("texts/nowhere"), folder.resolve("gone"));
        assertThat(names("texts")).containsExactly("texts/sub/a.txt");
    }

    @Test
    void whatAFolderHoldsAndIsNoInputIsNamedWithItsReason() throws Exception {
        make("texts/a.txt");
        Files.createSymbolicLink(folder.resolve("texts/loop"), folder.resolve("texts"));
        Files.createSymbolicLink(folder.resolve("texts/nowhere"), Path.of("gone"));
        Process fifo = new ProcessBuilder("mkfifo", "texts/fifo")
                .directory(folder.toFile())
                .start();
        assertThat(fifo.waitFor()).isZero();
        List<String> reasons = List.of(
                "texts/fifo is a FIFO",
                "texts/loop is a link to " + folder.resolve("texts") + ", a folder above it",
                "texts/nowhere is a link to gone, which does not exist");
        ResolvedInputs inFolder = InputResolver.resolve(folder, List.of("texts"));
        assertThat(inFolder.files()).hasSize(1);
        assertThat(inFolder.leftOut())
                .extracting(left -> left.path() + " " + left.reason())
                .containsExactlyElementsOf(reasons);
        assertThat(InputResolver.resolve(folder, List.of("texts/*")).leftOut())
                .extracting(left -> left.path() + " " + left.reason())
                .containsExactly(reasons.get(0), reasons.get(2));
        refuses("texts/fifo", "input texts/fifo: it is a FIFO");
    }

    @Test
    void linksToFilesAndFoldersAreFollowed() throws IOException {
        make("elsewhere/a.txt");
        make("single.txt");
        Files.createDirectories(folder.resolve("texts"));
        Files.createSymbolicLink(folder.resolve("texts/link"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("texts/one"), folder.resolve("single.txt"));
        assertThat(names("texts")).containsExactly("texts/link/a.txt", "texts/one");
    }

    @Test
    void aFileNamedTwiceIsProcessedOnce() throws IOException {
        make("texts/a.txt");
        Files.createSymbolicLink(folder.resolve("same.txt"), folder.resolve("texts/a.txt"));
        ResolvedInputs inputs =
                InputResolver.resolve(folder, List.of("texts/a.txt", "texts", "./texts/a.txt", "same.txt"));
        assertThat(inputs.files()).hasSize(1);
        assertThat(inputs.repeated()).isEqualTo(3);
    }

    @Test
    void aFileIsNamedByItsOwnNameRatherThanByALinkToIt() throws IOException {
        make("texts/same.txt");
        Files.createSymbolicLink(folder.resolve("texts/link.txt"), folder.resolve("texts/same.txt"));
        Path real = folder.toRealPath();
        assertThat(InputResolver.resolve(real, List.of("texts")).files())
                .extracting(InputFile::displayName)
                .containsExactly("texts/same.txt");
    }

    @Test
    void aNameThatIsNotUtf8IsRefusedAsSuch() throws Exception {
        make("texts/a.txt");
        // Java cannot make such a name itself.
        Process shell = new ProcessBuilder("/bin/sh", "-c", "touch texts/\"$(printf 'latin1-\\351')\"")
                .directory(folder.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
        assertThatThrownBy(() -> InputResolver.resolve(folder, List.of("texts")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("not valid UTF-8");
    }

    @Test
    void twoFilesOfTheSameNameAreTwoInputs() throws IOException {
        make("one/a.txt");
        make("two/a.txt");
        assertThat(names("one/a.txt", "two/a.txt")).containsExactly("one/a.txt", "two/a.txt");
    }

    @Test
    void oddNamesWork() throws IOException {
        List<String> odd = List.of(
                "with space", "it's", "say \"hi\"", "$HOME", "a;b", "two\nlines", "käse", "文書", "-n", "back\\slash");
        for (String name : odd) {
            make("odd/" + name);
        }
        assertThat(names("odd"))
                .containsExactlyInAnyOrderElementsOf(
                        odd.stream().map(name -> "odd/" + name).toList());
        for (String name : odd) {
            assertThat(names("odd/" + name)).containsExactly("odd/" + name);
        }
    }

    @Test
    void aQuotedPatternIsExpanded() throws IOException {
        make("texts/b.txt");
        make("texts/a.txt");
        make("texts/c.md");
        make("texts/.d.txt");
        make("texts/sub/e.txt");
        assertThat(names("texts/*.txt")).containsExactly("texts/a.txt", "texts/b.txt");
        assertThat(names("texts/?.{md,txt}")).containsExactly("texts/a.txt", "texts/b.txt", "texts/c.md");
        assertThat(names("*/[ab].txt")).containsExactly("texts/a.txt", "texts/b.txt");
    }

    @Test
    void twoStarsReachAcrossFolders() throws IOException {
        make("texts/a.txt");
        make("texts/sub/deep/b.txt");
        make("texts/.hidden/c.txt");
        assertThat(names("texts/**/*.txt")).containsExactly("texts/a.txt", "texts/sub/deep/b.txt");
        assertThat(names("**/b.txt")).containsExactly("texts/sub/deep/b.txt");
        assertThat(names("texts/**")).containsExactly("texts/a.txt", "texts/sub/deep/b.txt");
        assertThat(names(folder + "/texts/*.txt")).containsExactly(folder + "/texts/a.txt");
    }

    @Test
    void aFileWhoseNameLooksLikeAPatternIsTakenAsItIs() throws IOException {
        make("[a].txt");
        make("a.txt");
        assertThat(names("[a].txt")).containsExactly("[a].txt");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        make("empty/.hidden");
        refuses("gone.txt", "input gone.txt: no such file or folder");
        refuses("*.md", "input *.md: no file matches this pattern");
        refuses("empty", "input empty: there is no file in this folder");
        refuses("{a", "input {a: neither a file nor a pattern");
        refuses("", "an input is empty");
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("gone"));
        refuses("broken", "input broken: it is a link to " + folder.resolve("gone") + ", which does not exist");
    }

    @Test
    void aNameThatTheLocaleCannotHoldIsExplained() {
        refuses("caf\uFFFD.txt", "LC_ALL=C.UTF-8");
    }

    @Test
    void theSamplesAreThreeTextsAndLeaveNothingBehind() throws IOException {
        Path first;
        try (SampleFolder samples = SampleFolder.create()) {
            assertThat(samples.files()).hasSize(3);
            for (InputFile sample : samples.files()) {
                String text = Files.readString(sample.path());
                assertThat(sample.size()).isEqualTo(Files.size(sample.path()));
                assertThat(text.split("\\s+")).hasSizeBetween(2000, 3000);
            }
            first = samples.files().get(0).path();
        }
        assertThat(first.getParent()).doesNotExist();
    }

    private void refuses(String word, String message) {
        assertThatThrownBy(() -> InputResolver.resolve(folder, List.of(word)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private List<String> names(String... words) {
        return InputResolver.resolve(folder, List.of(words)).files().stream()
                .map(InputFile::displayName)
                .toList();
    }

    private void make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text");
    }
}
