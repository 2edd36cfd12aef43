package io.twinbatch.local.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Finds out whether there is room for threads by starting some. Limits of users and of groups of processes count both. */
final class ThreadCapacity implements ProcessLauncher.Room {
    private static final int STACK_BYTES = 1 << 16;

    @Override
    public boolean isFor(int threads) {
        CountDownLatch enough = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(null, () -> await(enough), "twinbatch-room", STACK_BYTES);
                thread.setDaemon(true);
                thread.start();
                started.add(thread);
            }
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            enough.countDown();
            started.forEach(ThreadCapacity::join);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
