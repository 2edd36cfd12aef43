package io.twinbatch.local.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A connection that is being given up never touches the bytes of another one. Jetty answers what is no HTTP on a thread of
 * its own; so when the client is quick, one thread already reads what else comes, to the end of the connection, while
 * another one, which had read the nonsense, has still to give the connection's buffer back. The test holds both where that
 * used to do harm.
 */
@Timeout(60)
class ConnectionMemoryTest {
    private static final String NO_HTTP = "GET / HTTP/9.9\r\n\r\n";

    private final CountDownLatch moreIsRead = new CountDownLatch(1);
    private final CountDownLatch bufferIsBack = new CountDownLatch(1);
    private final CountDownLatch bothHaveArrived = new CountDownLatch(1);
    private final CountDownLatch readingMayGoOn = new CountDownLatch(1);
    private final CountDownLatch firstMayBeAnswered = new CountDownLatch(1);
    private final AtomicReference<Thread> givingUp = new AtomicReference<>();
    private volatile boolean nonsenseIsRead;

    @Test
    void whatComesAfterNonsenseIsNotTakenForAnotherConnectionsRequest() throws Exception {
        try (BatchServer server = BatchServer.open(
                        config(),
                        this::answer,
                        JobTokens.NONE,
                        Clock.systemUTC(),
                        new HeldThreads(),
                        new HeldBuffers());
                RawConnection nonsense = new RawConnection(server.address())) {
            assertThat(nonsense.send(NO_HTTP).answer().status()).isEqualTo(400);
            nonsense.send("more of it");
            await(moreIsRead);
            await(bufferIsBack);

            try (RawConnection other = new RawConnection(server.address())) {
                other.send(Signer.get("/first") + Signer.get("/second"));
                await(bothHaveArrived);
                readingMayGoOn.countDown();
                awaitGivenUp();
                firstMayBeAnswered.countDown();

                assertThat(other.answer().body()).contains("first");
                assertThat(other.answer().body()).contains("second");
                assertThat(other.send(Signer.get("/third")).answer().body()).contains("third");
            }
        }
    }

    private static ServerConfig config() {
        return new ServerConfig(
                "127.0.0.1", 0, EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY, Set.of(), Optional.empty());
    }

    private Reply answer(Request request) {
        if (request.path().contains("first")) {
            bothHaveArrived.countDown();
            await(firstMayBeAnswered);
        }
        return Reply.json(
                200,
                Map.of(),
                JsonNodeFactory.instance.objectNode().put("path", request.path().get(0)));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the threads did not come where they were expected");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void awaitGivenUp() {
        while (Stream.of(givingUp.get().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("onFillable"))) {
            Thread.onSpinWait();
        }
    }

    private static boolean isWithin(String method) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(method)));
    }

    /**
     * Holds the thread that has read nonsense, until another one reads what comes after it. The answer to nonsense is tried
     * to be given on a thread in reserve. Where there is none yet, the try has one started, and would be followed by a
     * thread that belongs to nobody; here it is repeated until it succeeds.
     */
    private final class HeldThreads extends QueuedThreadPool {
        @Override
        public boolean tryExecute(Runnable task) {
            if (!isWithin("badMessage")) {
                return super.tryExecute(task);
            }
            nonsenseIsRead = true;
            while (!super.tryExecute(task)) {
                Thread.onSpinWait();
            }
            await(moreIsRead);
            return true;
        }
    }

    /** The server's buffers; holds the thread that reads what comes after the nonsense, before it does. */
    private final class HeldBuffers extends ByteBufferPool.Wrapper {
        HeldBuffers() {
            super(BatchServer.BUFFERS);
        }

        @Override
        public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
            return new HeldBuffer(super.acquire(size, direct));
        }
    }

    private final class HeldBuffer extends RetainableByteBuffer.Wrapper {
        HeldBuffer(RetainableByteBuffer buffer) {
            super(buffer);
        }

        @Override
        public ByteBuffer getByteBuffer() {
            ByteBuffer buffer = super.getByteBuffer();
            if (nonsenseIsRead
                    && isWithin("fillRequestBuffer")
                    && givingUp.compareAndSet(null, Thread.currentThread())) {
                moreIsRead.countDown();
                await(readingMayGoOn);
            }
            return buffer;
        }

        @Override
        public boolean release() {
            boolean released = super.release();
            if (givingUp.get() != null) {
                bufferIsBack.countDown();
            }
            return released;
        }
    }
}
