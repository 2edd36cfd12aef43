package io.twinbatch.api.workflow.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.workflow.Fixture;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where downloads may go, and what is there when they do not come to their end. */
class VerifiedDownloadTest {
    private static final String OBJECT = "result";

    @TempDir
    private Path folder;

    private Fixture fixture;
    private RunPlan plan;
    private Manifest.Entry entry;

    @BeforeEach
    void storeAResult() throws IOException {
        fixture = new Fixture(folder);
        plan = fixture.plan(fixture.request(1).build());
        Path content = Files.writeString(folder.resolve("content"), "result");
        fixture.store.createContainer(plan.containers().output(), Map.of());
        fixture.store.put(key(), content, Map.of(), TransferListener.NONE);
        entry = new Manifest.Entry(
                Files.size(content), new Sha256().add(content).hex());
    }

    private ObjectKey key() {
        return new ObjectKey(plan.containers().output(), OBJECT);
    }

    private Outcome download(String fileName) {
        try (DownloadStaging arrivals = DownloadStaging.open(fixture.output, plan.id())) {
            return new VerifiedDownload(fixture.store, plan, arrivals, TransferListener.NONE)
                    .get("task", OBJECT, fileName, entry);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "../out.txt", "a/../../b", "a//b", "/tmp/twinbatch-escaped", "wd/../..", "a\0b"})
    void noNameLeadsOutOfTheOutputFolder(String name) throws IOException {
        Outcome outcome = download(name);

        assertThat(outcome).isInstanceOf(Outcome.NotDownloaded.class);
        assertThat(((Outcome.NotDownloaded) outcome).failure().getMessage()).contains("leaves the output folder");
        assertThat(fixture.outputs()).isEmpty();
        assertThat(folder.resolve("out.txt")).doesNotExist();
    }

    @Test
    void aResultInAFolderOfItsOwnBringsTheFolder() {
        assertThat(download("in.txt.out/d/summary")).isInstanceOf(Outcome.Done.class);
        assertThat(fixture.output.resolve("in.txt.out/d/summary")).isRegularFile();
    }

    @Test
    void aLinkInThePlaceOfAFolderIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside-folder"));
        Files.createDirectories(fixture.output);
        Files.createSymbolicLink(fixture.output.resolve("in.txt.out"), outside);

        assertThat(download("in.txt.out/summary")).isInstanceOf(Outcome.NotDownloaded.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkInThePlaceOfAResultIsNotFollowed() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "untouched");
        Files.createDirectories(fixture.output);
        Files.createSymbolicLink(fixture.output.resolve("a.txt"), outside);

        Outcome refused = download("a.txt");
        plan = fixture.plan(fixture.request(1).force(true).build());
        fixture.store.createContainer(plan.containers().output(), Map.of());
        fixture.store.put(key(), folder.resolve("content"), Map.of(), TransferListener.NONE);
        Outcome forced = download("a.txt");

        assertThat(((Outcome.NotDownloaded) refused).failure().code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
        assertThat(forced.isDone()).isTrue();
        assertThat(outside).hasContent("untouched");
        assertThat(fixture.output.resolve("a.txt")).isRegularFile().hasContent("result");
    }

    private static void writeHalf(Path file) {
        try {
            Files.writeString(file, "resu");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDownloadThatBreaksOffLeavesNothing() throws IOException {
        Path half = fixture.output.resolve(".twinbatch-" + plan.id() + "/0.part");
        fixture.store.hook.react(call -> {
            writeHalf(half);
            throw new BatchException(ErrorCode.UNAVAILABLE, "object " + OBJECT, "the connection broke");
        });

        assertThat(download("a.txt")).isInstanceOf(Outcome.NotDownloaded.class);
        assertThat(fixture.outputs()).isEmpty();
    }

    @Test
    void whatAKilledClientHasLeftGoesWithTheNextDownload() throws IOException {
        Path arrivals = Files.createDirectories(fixture.output.resolve(".twinbatch-" + plan.id()));
        writeHalf(arrivals.resolve("0.part"));
        writeHalf(arrivals.resolve("17.part"));

        assertThat(download("a.txt").isDone()).isTrue();

        assertThat(arrivals).isDirectoryNotContaining(file -> hasContent(file, "resu"));
        assertThat(fixture.output.resolve("a.txt")).hasContent("result");
    }

    private static boolean hasContent(Path file, String content) {
        try {
            return Files.readString(file).equals(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theRunsOwnResultIsReplacedWhenTheStoreHasLostItAndItsTaskHasRunAgain() throws IOException {
        download("a.txt");

        for (String content : List.of("second try", "third")) {
            storeAgain(content);
            assertThat(download("a.txt").isDone()).isTrue();
            assertThat(fixture.output.resolve("a.txt")).hasContent(content);
        }
        OutputCollection.end(plan);
        assertThat(fixture.output).isDirectoryContaining(file -> file.endsWith("a.txt"));
        assertThat(fixture.output.resolve(".twinbatch-" + plan.id())).doesNotExist();
    }

    @Test
    void aFileThatAnotherProgramHasPutInThePlaceOfTheRunsOwnResultIsNotReplaced() throws IOException {
        download("a.txt");
        Files.delete(fixture.output.resolve("a.txt"));
        Files.writeString(fixture.output.resolve("a.txt"), "by another program");
        storeAgain("second try");

        Outcome refused = download("a.txt");

        assertThat(((Outcome.NotDownloaded) refused).failure().code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
        assertThat(fixture.output.resolve("a.txt")).hasContent("by another program");
    }

    private void storeAgain(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("content"), content);
        fixture.store.put(key(), file, Map.of(), TransferListener.NONE);
        entry = new Manifest.Entry(Files.size(file), new Sha256().add(file).hex());
    }

    @Test
    void whatIsNotWhatItsTaskWroteGetsNoName() throws IOException {
        entry = new Manifest.Entry(entry.size(), "0".repeat(64));

        assertThat(download("a.txt")).isInstanceOf(Outcome.OutputDiffers.class);
        assertThat(fixture.outputs()).isEmpty();
    }
}
