package io.twinbatch.azure.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobDownloadTest {
    private static final int SIZE = 100_000;
    private static final ObjectKey KEY = new ObjectKey(new ContainerName("inputs"), "x");

    @TempDir
    private Path folder;

    @Test
    void aConnectionThatBreaksInTheMiddleIsTakenUpWhereItBroke() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (StubService service =
                StubService.start(exchange -> answer(exchange, requests.incrementAndGet() == 1 ? SIZE / 2 : SIZE))) {
            service.store().get(KEY, target(), TransferListener.NONE);

            assertThat(target()).hasSize(SIZE);
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void aConnectionThatKeepsBreakingLeavesTheTargetAndNothingElse() throws IOException {
        Files.writeString(target(), "old");
        try (StubService service = StubService.start(exchange -> answer(exchange, 10))) {
            BatchException failure = catchThrowableOfType(
                    BatchException.class, () -> service.store().get(KEY, target(), TransferListener.NONE));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(target()).hasContent("old");
            try (Stream<Path> entries = Files.list(folder)) {
                assertThat(entries).containsExactly(target());
            }
        }
    }

    private Path target() {
        return folder.resolve("target");
    }

    /** Sends an object from the byte that is asked for, and hangs up before the byte of that number. */
    private static void answer(HttpExchange exchange, int until) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("x-ms-range");
        int from = Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.getResponseHeaders().set("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT");
        exchange.getResponseHeaders().set("x-ms-blob-type", "BlockBlob");
        exchange.sendResponseHeaders(206, SIZE - from);
        int sent = Math.max(0, until - from);
        exchange.getResponseBody().write(new byte[sent]);
        exchange.getResponseBody().flush();
    }
}
