package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.local.process.ProcessTermination;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Azurite that runs as a child of this process, and ends when this process closes its standard input or dies. */
final class AzuriteProcess implements Azurite {
    private static final Pattern LISTENING = Pattern.compile("successfully listens on http://\\S+:(\\d+)");
    private static final Pattern PORT_TAKEN = Pattern.compile("EADDRINUSE.*:(\\d+)");
    private static final long GRACE_SECONDS = 6;

    private final Process process;
    private final BlobStoreConfig blobConfig;

    private AzuriteProcess(Process process, BlobStoreConfig blobConfig) {
        this.process = process;
        this.blobConfig = blobConfig;
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param command the program and its arguments
     * @param account the account it serves
     * @param limit how long it may take until it listens
     * @throws BatchException {@code UNAVAILABLE} when its port is taken, and when it ends or does not listen in time,
     *     with the last lines that it printed then
     */
    static AzuriteProcess start(List<String> command, AzuriteAccount account, Duration limit) {
        Process process = launch(command, account);
        boolean started = false;
        try {
            int port = awaitPort(process, limit);
            started = true;
            return new AzuriteProcess(process, account.at(port));
        } finally {
            // Whatever has gone wrong, nobody else knows of the process.
            if (!started) {
                stop(process, 0);
            }
        }
    }

    private static int awaitPort(Process process, Duration limit) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ProcessOutput output = new ProcessOutput(process, line -> {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                port.complete(Integer.valueOf(listening.group(1)));
            }
        });
        try {
            CompletableFuture.anyOf(port, process.onExit()).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!port.isDone()) {
                throw ended(process, output);
            }
            return port.join();
        } catch (TimeoutException e) {
            throw silent(process, output, limit, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither a port nor the end of a process can fail", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public BlobStoreConfig blobConfig() {
        return blobConfig;
    }

    @Override
    public String describe() {
        return "Azurite " + NpmInstallation.VERSION + " from npm, at "
                + blobConfig.endpoint().getRawAuthority();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        stop(process, GRACE_SECONDS);
    }

    private static Process launch(List<String> command, AzuriteAccount account) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(AzuriteAccount.VARIABLE, account.variableValue());
        // A database that the user has set up for another Azurite; the one here has no driver for it.
        builder.environment().remove("AZURITE_DB");
        try {
            return builder.start();
        } catch (IOException e) {
            throw unavailable(command.get(0) + " cannot be started: " + FailureReason.of(e), e);
        }
    }

    private static BatchException ended(Process process, ProcessOutput output) throws InterruptedException {
        String printed = output.afterEnd();
        Matcher taken = PORT_TAKEN.matcher(printed);
        if (taken.find()) {
            return new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "Azurite",
                    "port " + taken.group(1) + " of this machine is taken by another program;"
                            + " end that program, or name another port, or none for a free one");
        }
        return unavailable("it ended as it started, with exit code " + process.exitValue() + ": " + printed, null);
    }

    private static BatchException silent(Process process, ProcessOutput output, Duration limit, Exception cause) {
        stop(process, 0);
        try {
            return unavailable("it did not listen within " + limit.toSeconds() + " s: " + output.afterEnd(), cause);
        } catch (InterruptedException e) {
            return interrupted(e);
        }
    }

    private static BatchException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new BatchException(ErrorCode.UNKNOWN, "Azurite", "interrupted while it started", cause);
    }

    private static BatchException unavailable(String message, Throwable cause) {
        return new BatchException(ErrorCode.UNAVAILABLE, "Azurite", message, cause);
    }

    /** Asks it to end, and makes it end when it has not by then. */
    private static void stop(Process process, long graceSeconds) {
        try {
            process.getOutputStream().close();
            if (process.waitFor(graceSeconds, TimeUnit.SECONDS)) {
                return;
            }
            kill(process);
            process.waitFor();
        } catch (IOException e) {
            // It has closed its end of the pipe, and so cannot be asked.
            kill(process);
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
        }
    }

    /** What is called node may be a script that has started the real one. */
    private static void kill(Process process) {
        ProcessTermination.killWithDescendants(process.toHandle());
    }
}
