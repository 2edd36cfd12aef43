package io.twinbatch.local.node;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.disk.PrivateFiles;
import io.twinbatch.local.process.ProcessIdentity;
import io.twinbatch.local.process.ProcessTermination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first processes of the work that is going on, in a file: each one's number, and when it began. An engine that
 * starts ends those that its predecessor has left. This finds what the mark of {@link ProcessTree} does not: a program
 * that has emptied its environment, and everything on a system that shows no environments.
 *
 * <p>Numbers of processes are given anew, so a process counts as the one in the file only when it also began at that
 * moment. The file is not flushed: what it is about does not outlive a failure of the machine. Each piece of work has a
 * place in it while it runs, so that it grows with what runs at once and not with what has run.
 */
public final class ProcessLedger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLedger.class);
    private static final int PLACE_BYTES = 96;
    private static final int WAIT_MILLIS = 500;

    private final Path file;
    private final FileChannel channel;
    private final BitSet taken = new BitSet();

    private ProcessLedger(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens a ledger, with what an engine before has left in it. */
    public static ProcessLedger open(Path file) throws IOException {
        PrivateFiles.createFile(file);
        return new ProcessLedger(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /**
     * Enters a process that has just been started.
     *
     * @return its place
     */
    int enter(Process process) {
        int place;
        synchronized (taken) {
            place = taken.nextClearBit(0);
            taken.set(place);
        }
        Optional<ProcessIdentity> birth = ProcessIdentity.of(process.toHandle());
        // One that has ended by now might have left its number to another.
        if (birth.isPresent() && process.isAlive()) {
            write(place, birth.get().toString());
        }
        return place;
    }

    /** Gives the place of a process back that has ended. What it holds does no harm. */
    void leave(int place) {
        synchronized (taken) {
            taken.clear(place);
        }
    }

    private void write(int place, String text) {
        byte[] line = String.format("%-" + (PLACE_BYTES - 1) + "s%n", text).getBytes(StandardCharsets.US_ASCII);
        try {
            channel.write(ByteBuffer.wrap(line), (long) place * PLACE_BYTES);
        } catch (IOException e) {
            // The mark is left to find it by.
            LOG.warn("A process could not be entered in {}: {}", file, FailureReason.of(e));
        }
    }

    /**
     * Kills what an engine before has left running, with its children, and begins anew.
     *
     * @return how many there were
     */
    public int killLeft() throws IOException {
        List<ProcessHandle> left = Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .flatMap(line -> ProcessIdentity.parse(line.strip()).stream())
                .flatMap(birth -> birth.process().stream())
                .flatMap(process -> ProcessTermination.killWithDescendants(process).stream())
                .toList();
        ProcessTermination.await(left, WAIT_MILLIS);
        left.stream()
                .filter(ProcessTermination::runs)
                .forEach(process ->
                        LOG.warn("Process {} of an engine before was killed and is there still", process.pid()));
        channel.truncate(0);
        return left.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
