package io.twinbatch.it.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.local.azurite.Azurite;
import io.twinbatch.local.azurite.AzuriteConfig;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an Azurite from npm still has when it is killed while objects are stored. */
class KilledAzuriteIT {
    private static final ContainerName CONTAINER = new ContainerName("kept");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int WRITERS = 4;
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Random random = new Random(7);

    @Test
    void whatIsThereAfterAKillIsWholeAndStaysThere() throws Exception {
        try (Azurite azurite = start(data())) {
            ObjectStore store = new BlobObjectStore(azurite.blobConfig());
            store.createContainer(CONTAINER, Map.of());
            await("the container is on disk", () -> indexHolds(CONTAINER.value()));
            Set<String> seen = new HashSet<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                killWhileStoring(store, kill);

                Set<String> now = names(store);
                assertThat(now).as("what was there after the kill before").containsAll(seen);
                assertThat(now).as("something of this time").hasSizeGreaterThan(seen.size());
                for (String name : now) {
                    assertThat(read(store, name)).as(name).isEqualTo(content(name));
                }
                seen = now;
            }
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static Azurite start(Path data) {
        AzuriteConfig config = AzuriteConfig.of(AzuriteSource.NPM, data, Path.of("target", "azurite-cache"));
        return new AzuriteLauncher().start(config, System.err::println);
    }

    private void killWhileStoring(ObjectStore store, int kill) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        int before = acknowledged.size();
        int enough = 20 + random.nextInt(150);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                running.add(writers.submit(writer(store, kill + "-" + writer, over)));
            }
            await(enough + " objects are stored", () -> acknowledged.size() - before >= enough);
            await("the first of them are on disk", () -> indexHolds("\"" + kill + "-"));
            ProcessHandle azurite = azurite();
            over.set(true);
            assertThat(azurite.destroyForcibly()).isTrue();
            azurite.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            for (Future<Void> writer : running) {
                writer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            writers.shutdownNow();
        }
    }

    private Callable<Void> writer(ObjectStore store, String prefix, AtomicBoolean over) {
        return () -> {
            for (int number = 0; !over.get(); number++) {
                String name = prefix + "-" + number;
                Path source = Files.writeString(folder.resolve(name), content(name));
                try {
                    store.put(new ObjectKey(CONTAINER, name), source, Map.of(), TransferListener.NONE);
                    acknowledged.add(name);
                } catch (BatchException e) {
                    assertThat(over)
                            .as("%s failed before the kill: %s", name, e)
                            .isTrue();
                }
            }
            return null;
        };
    }

    private static ProcessHandle azurite() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .filter(words -> words.stream().anyMatch(word -> word.endsWith("launcher.js")))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** Long enough that objects differ in length, and that several of them share a file of Azurite's. */
    private static String content(String name) {
        return (name + "\n").repeat(10 + Math.floorMod(name.hashCode(), 500));
    }

    private static Set<String> names(ObjectStore store) {
        Set<String> names = new HashSet<>();
        try (Stream<ObjectInfo> objects = store.list(CONTAINER, "")) {
            objects.forEach(object -> names.add(object.key().name()));
        }
        return names;
    }

    private String read(ObjectStore store, String name) throws IOException {
        Path target = folder.resolve("read");
        store.get(new ObjectKey(CONTAINER, name), target, TransferListener.NONE);
        return Files.readString(target);
    }

    private boolean indexHolds(String text) {
        try {
            return Files.readString(data().resolve("__azurite_db_blob__.json")).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        new Waiter(Sleeper.REAL, new PollInterval(Duration.ofMillis(10), Duration.ofMillis(20)))
                .await(
                        what,
                        Deadline.after(Clock.systemUTC(), LIMIT),
                        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
