package io.twinbatch.task.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.task.FakeStore;
import io.twinbatch.task.FakeStore.Reply;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploaderTest {
    @TempDir
    private Path folder;

    private final List<Long> pauses = new ArrayList<>();
    private FakeStore store;
    private File file;

    @BeforeEach
    void start() throws IOException {
        store = new FakeStore();
        file = Files.writeString(folder.resolve("result"), "content").toFile();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void putsAFileWithTheHeadersAskedForAndTheSignature() throws TaskException {
        uploader(store.signedUrl()).put("dir/a b%\u00fc.txt", file);
        assertThat(store.requests()).containsExactly("PUT /account/out/dir/a%20b%25%C3%BC.txt?" + FakeStore.SECRET);
        assertThat(store.contents()).containsEntry("/account/out/dir/a%20b%25%C3%BC.txt", "content");
        assertThat(store.lastHeader("X-ms-blob-type")).isEqualTo("BlockBlob");
        assertThat(store.lastHeader("Content-length")).isEqualTo("7");
        assertThat(store.lastHeader("Content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(pauses).isEmpty();
    }

    @Test
    void putsAnEmptyFile() throws Exception {
        uploader(store.signedUrl())
                .put("empty", Files.createFile(folder.resolve("empty")).toFile());
        assertThat(store.contents()).containsEntry("/account/out/empty", "");
    }

    @Test
    void triesAgainWhenTheServiceIsBusy() throws TaskException {
        store.plan(Reply.of(503), Reply.of(500), Reply.of(408));
        uploader(store.signedUrl()).put("x", file);
        assertThat(store.requests()).hasSize(4);
        assertThat(store.contents()).containsEntry("/account/out/x", "content");
        assertThat(pauses).hasSize(3);
        assertThat(pauses.get(0)).isBetween(500L, 1_000L);
        assertThat(pauses.get(1)).isBetween(1_000L, 2_000L);
        assertThat(pauses.get(2)).isBetween(2_000L, 4_000L);
    }

    @Test
    void triesAgainWhenTheConnectionBreaks() throws TaskException {
        store.plan(Reply.BROKEN_CONNECTION, Reply.BROKEN_CONNECTION);
        uploader(store.signedUrl()).put("x", file);
        assertThat(store.contents()).containsEntry("/account/out/x", "content");
    }

    @Test
    void waitsAsLongAsTheServiceAsksButNotForever() throws TaskException {
        store.plan(new Reply(429, "7", ""), new Reply(503, "86400", ""), new Reply(503, "soon", ""));
        uploader(store.signedUrl()).put("x", file);
        assertThat(pauses.get(0)).isEqualTo(7_000L);
        assertThat(pauses.get(1)).isEqualTo(60_000L);
        assertThat(pauses.get(2)).isBetween(2_000L, 4_000L);
    }

    @Test
    void givesUpAfterFiveTries() {
        store.plan(Reply.of(503), Reply.of(503), Reply.of(503), Reply.of(503), Reply.of(503));
        TaskException failure = failure(store.signedUrl());
        assertThat(store.requests()).hasSize(5);
        assertThat(failure).hasMessageContaining("503").hasMessageContaining("all of 5 tries");
    }

    @Test
    void doesNotTryAgainWhatTheServiceRefuses() {
        String body = "<?xml version=\"1.0\"?><Error><Code>AuthorizationFailure</Code><Message>sig=" + FakeStore.SECRET
                + "</Message></Error>";
        store.plan(new Reply(403, null, body));
        TaskException failure = failure(store.signedUrl());
        assertThat(store.requests()).hasSize(1);
        assertThat(failure)
                .hasMessage("cannot upload to the container 'results' (" + store.base()
                        + "/x): the service answered 403 Forbidden (AuthorizationFailure)");
        assertThat(failure.code()).isEqualTo(TaskExitCode.UPLOAD_FAILED);
    }

    @Test
    void neverShowsTheSignature() throws IOException {
        String unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = "http://127.0.0.1:" + socket.getLocalPort() + "/out?" + FakeStore.SECRET;
        }
        TaskException failure = failure(unused);
        assertThat(failure).hasMessageContaining("Connection refused").hasMessageContaining("/out/x");
        assertThat(failure.getMessage()).doesNotContain("Exception", "java.");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("sig").doesNotContain("c2VjcmV0");
        }
    }

    @Test
    void refusesUrlsThatItCannotUseWithoutRepeatingThem() {
        for (String url : new String[] {
            "ftp://host/c?sig=c2VjcmV0",
            "c2VjcmV0",
            "https:///c?sig=c2VjcmV0",
            "http://a b/c",
            "https://user:c2VjcmV0@host/c",
            "http://host/c?sig=c2VjcmV0\nx"
        }) {
            TaskException failure = catchThrowableOfType(
                    TaskException.class, () -> SignedContainer.parse(url, "the signed URL in TWINBATCH_OUTPUT_URL"));
            assertThat(failure.code()).isEqualTo(TaskExitCode.USAGE);
            assertThat(failure).hasMessageContaining("TWINBATCH_OUTPUT_URL").hasMessageNotContaining("c2VjcmV0");
        }
    }

    @Test
    void refusesHeadersThatAreNoneWithoutRepeatingThem() {
        for (String lines : new String[] {"c2VjcmV0", ": c2VjcmV0", "a b: c2VjcmV0", "a: c2VjcmV0\u0007"}) {
            TaskException failure = catchThrowableOfType(TaskException.class, () -> OutputHeaders.parse(lines));
            assertThat(failure).hasMessageContaining("TWINBATCH_OUTPUT_HEADERS").hasMessageNotContaining("c2VjcmV0");
        }
    }

    private TaskException failure(String signedUrl) {
        return catchThrowableOfType(
                TaskException.class, () -> uploader(signedUrl).put("x", file));
    }

    private Uploader uploader(String signedUrl) throws TaskException {
        SignedContainer container = SignedContainer.parse(signedUrl, "the signed URL");
        return new Uploader(
                container,
                StoreRoute.to(container, Map.of()),
                "results",
                OutputHeaders.parse("x-ms-blob-type: BlockBlob\n\n"),
                UploadRetry.USUAL,
                pauses::add);
    }
}
