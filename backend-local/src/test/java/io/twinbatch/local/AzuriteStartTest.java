package io.twinbatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.local.azurite.Azurite;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AzuriteStartTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean cleanedUp = new AtomicBoolean();

    @Test
    void whoGivesUpFindsTheStartAtItsEnd() throws InterruptedException {
        AzuriteStart start = AzuriteStart.begin(this::neverReady);
        begun.await();

        assertThat(start.giveUp()).isEmpty();

        assertThat(cleanedUp).isTrue();
        assertThatThrownBy(start::await).isInstanceOf(BatchException.class).hasMessageContaining("closed");
    }

    private Azurite neverReady() {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        } catch (InterruptedException e) {
            cleanedUp.set(true);
            throw new BatchException(ErrorCode.UNKNOWN, "Azurite", "interrupted", e);
        }
    }

    @Test
    void oneThatComesUpTooLateIsClosed() throws InterruptedException {
        ClosingAzurite late = new ClosingAzurite();
        AzuriteStart start = AzuriteStart.begin(() -> {
            try {
                return neverReady();
            } catch (BatchException e) {
                return late;
            }
        });
        begun.await();

        assertThat(start.giveUp()).isEmpty();

        assertThat(late.closed).isTrue();
    }

    @Test
    void oneThatIsUpIsTheCallersToClose() {
        ClosingAzurite running = new ClosingAzurite();
        AzuriteStart start = AzuriteStart.begin(() -> running);

        assertThat(start.await()).isSameAs(running);
        assertThat(start.giveUp()).containsSame(running);
        assertThat(running.closed).isFalse();
    }

    @Test
    void whyItCouldNotBeStartedIsTold() {
        AzuriteStart start = AzuriteStart.begin(() -> {
            throw new BatchException(ErrorCode.UNAVAILABLE, "Azurite", "no node");
        });

        assertThatThrownBy(start::await).isInstanceOf(BatchException.class).hasMessageContaining("no node");
        assertThat(start.giveUp()).isEmpty();
    }

    private static final class ClosingAzurite implements Azurite {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public BlobStoreConfig blobConfig() {
            throw new AssertionError("nobody uses it");
        }

        @Override
        public String describe() {
            return "an Azurite";
        }

        @Override
        public boolean isAlive() {
            return !closed.get();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
