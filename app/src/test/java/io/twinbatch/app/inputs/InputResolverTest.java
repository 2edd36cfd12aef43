package io.twinbatch.app.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        ResolvedInputs inFolder = InputResolver.resolve(folder, List.of("texts"), List.of(), InputSelection.ALL);
        assertThat(inFolder.files()).hasSize(1);
        assertThat(inFolder.leftOut())
                .extracting(left -> left.path() + " " + left.reason())
                .containsExactlyElementsOf(reasons);
        assertThat(InputResolver.resolve(folder, List.of("texts/*"), List.of(), InputSelection.ALL)
                        .leftOut())
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
        ResolvedInputs inputs = InputResolver.resolve(
                folder, List.of("texts/a.txt", "texts", "./texts/a.txt", "same.txt"), List.of(), InputSelection.ALL);
        assertThat(inputs.files()).hasSize(1);
        assertThat(inputs.repeated()).isEqualTo(3);
    }

    @Test
    void aFileIsNamedByItsOwnNameRatherThanByALinkToIt() throws IOException {
        make("texts/same.txt");
        Files.createSymbolicLink(folder.resolve("texts/link.txt"), folder.resolve("texts/same.txt"));
        Path real = folder.toRealPath();
        assertThat(InputResolver.resolve(real, List.of("texts"), List.of(), InputSelection.ALL)
                        .files())
                .extracting(InputFile::displayName)
                .containsExactly("texts/same.txt");
    }

    @Test
    void aFileWithANameThatIsNotUtf8IsLeftOutAndNamed() throws Exception {
        make("texts/a.txt");
        // Java cannot make such a name itself.
        Process shell = new ProcessBuilder("/bin/sh", "-c", "touch texts/\"$(printf 'latin1-\\351')\"")
                .directory(folder.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
        ResolvedInputs inputs = InputResolver.resolve(folder, List.of("texts"), List.of(), InputSelection.ALL);
        assertThat(inputs.files()).hasSize(1);
        assertThat(inputs.leftOut())
                .singleElement()
                .satisfies(left -> assertThat(left.reason()).contains("not valid UTF-8"));
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

    @Test
    void includeAndExcludeSelectFilesOfFoldersAndPatternsButNotNamedFiles() throws IOException {
        make("texts/a.txt");
        make("texts/a.bak");
        make("texts/node_modules/x.txt");
        make("texts/deep/b.txt");
        make("texts/deep/c.md");

        assertThat(selected(List.of("*.txt"), List.of("node_modules"), "texts"))
                .containsExactly("texts/a.txt", "texts/deep/b.txt");
        assertThat(selected(List.of(), List.of("deep/**", "node_modules/"), "texts"))
                .containsExactly("texts/a.bak", "texts/a.txt");
        assertThat(selected(List.of("*.txt"), List.of(), "texts/*", "texts/a.bak"))
                .containsExactly("texts/a.txt", "texts/a.bak");
        assertThatThrownBy(() -> selected(List.of("*.pdf"), List.of(), "texts"))
                .isInstanceOf(UsageException.class)
                .hasMessage("input texts: --include and --exclude leave no file of it");
        assertThatThrownBy(() -> selected(List.of("[a"), List.of(), "texts"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--include [a: not a pattern");
    }

    private List<String> selected(List<String> include, List<String> exclude, String... words) {
        InputSelection selection = new InputSelection(include, exclude, false);
        return InputResolver.resolve(folder, List.of(words), List.of(), selection).files().stream()
                .map(InputFile::displayName)
                .toList();
    }

    @Test
    void listedPathsAreNeverPatterns() throws IOException {
        make("a[1].txt");
        make("a1.txt");
        assertThat(InputResolver.resolve(folder, List.of(), List.of("a[1].txt"), InputSelection.ALL)
                        .files())
                .extracting(InputFile::displayName)
                .containsExactly("a[1].txt");
        assertThatThrownBy(() -> InputResolver.resolve(folder, List.of(), List.of("a*.txt"), InputSelection.ALL))
                .hasMessageContaining("no such file or folder");
    }

    @Test
    void aStrictSelectionRefusesWhatWouldBeLeftOut() throws IOException {
        make("texts/a.txt");
        Files.createSymbolicLink(folder.resolve("texts/nowhere"), Path.of("gone"));
        InputSelection strict = new InputSelection(List.of(), List.of(), true);
        assertThatThrownBy(() -> InputResolver.resolve(folder, List.of("texts"), List.of(), strict))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("texts/nowhere")
                .hasMessageEndingWith("(--strict)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.txt\nc.txt\n", "a b.txt\r\nc.txt", "a b.txt\0c.txt\0"})
    void aListHasAPathOnEachLineOrBetweenNulCharacters(String text) throws IOException {
        Files.writeString(folder.resolve("list"), text);
        assertThat(new InputList(folder, new StringReader("")).read("list")).containsExactly("a b.txt", "c.txt");
        assertThat(new InputList(folder, new StringReader(text)).read("-")).containsExactly("a b.txt", "c.txt");
    }

    @Test
    void aListThatIsMissingOrEmptyIsRefused() throws IOException {
        Files.writeString(folder.resolve("empty"), "\n\n");
        InputList lists = new InputList(folder, new StringReader(""));
        assertThatThrownBy(() -> lists.read("none")).hasMessageContaining("--files-from none: it cannot be read");
        assertThatThrownBy(() -> lists.read("empty")).hasMessageContaining("names no file");
    }

    private void refuses(String word, String message) {
        assertThatThrownBy(() -> InputResolver.resolve(folder, List.of(word), List.of(), InputSelection.ALL))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private List<String> names(String... words) {
        return InputResolver.resolve(folder, List.of(words), List.of(), InputSelection.ALL).files().stream()
                .map(InputFile::displayName)
                .toList();
    }

    private void make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text");
    }
}
