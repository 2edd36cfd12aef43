package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisedAzuriteTest {
    private static final String LISTENS = "echo 'Azurite Blob service successfully listens on http://127.0.0.1:4711'";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final List<AzuriteProcess> started = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> ports = Collections.synchronizedList(new ArrayList<>());
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private AzuriteAccount account;
    private Path script;

    @BeforeEach
    void makeAzurite() throws IOException {
        account = AzuriteAccount.of(folder.resolve("data"));
        script = Script.write(folder.resolve("azurite"), LISTENS, "exec cat");
    }

    private AzuriteProcess start(int port) {
        ports.add(port);
        AzuriteProcess process = AzuriteProcess.start(List.of(script.toString()), account, LIMIT);
        started.add(process);
        return process;
    }

    private SupervisedAzurite lasting() {
        return SupervisedAzurite.watching(start(0), this::start, messages::add);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        boolean unused = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(
                        what,
                        Deadline.after(Clock.systemUTC(), LIMIT),
                        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    private void kill(int number) throws InterruptedException {
        started.get(number).handle().destroyForcibly();
        await("the end", () -> !started.get(number).isAlive());
    }

    @Test
    void oneThatIsKilledIsStartedAgainOnItsPort() throws Exception {
        try (SupervisedAzurite azurite = lasting()) {
            kill(0);
            await("the second start", () -> started.size() == 2);

            assertThat(ports).containsExactly(0, 4711);
            assertThat(azurite.isAlive()).isTrue();
            assertThat(messages).containsExactly("Azurite has ended by itself; starting it again");
        }
        assertThat(started).noneMatch(AzuriteProcess::isAlive);
    }

    @Test
    void oneThatIsClosedIsNot() throws Exception {
        SupervisedAzurite azurite = lasting();
        azurite.close();

        await("the end", () -> started.stream().noneMatch(AzuriteProcess::isAlive));
        assertThat(azurite.isAlive()).isFalse();
        assertThat(ports).hasSize(1);
        assertThat(messages).isEmpty();
        azurite.close();
    }

    @Test
    void oneThatKeepsEndingIsGivenUp() throws Exception {
        try (SupervisedAzurite azurite = lasting()) {
            for (int i = 0; i <= 5; i++) {
                int number = i;
                await("start " + number, () -> started.size() > number);
                kill(i);
            }

            await("the end of patience", () -> !azurite.isAlive());
            assertThat(ports).hasSize(6);
            assertThat(messages).last().asString().contains("not started again");
        }
    }

    @Test
    void oneThatCannotBeStartedAgainIsGivenUpWithTheReason() throws Exception {
        try (SupervisedAzurite azurite = SupervisedAzurite.watching(
                start(0),
                port -> {
                    throw new BatchException(ErrorCode.UNAVAILABLE, "Azurite", "port " + port + " is taken");
                },
                messages::add)) {
            kill(0);

            await("the end of patience", () -> !azurite.isAlive());
            assertThat(messages).last().asString().contains("port 4711 is taken");
        }
    }
}
