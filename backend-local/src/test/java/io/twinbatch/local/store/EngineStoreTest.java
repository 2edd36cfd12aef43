package io.twinbatch.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.JobRules;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.record.TaskRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineStoreTest {
    private static final String SECRET = "sig=0123456789abcdef";
    private static final JobId JOB = new JobId("job");
    private static final int SAVES = 10;
    private static final int TASKS_PER_SAVE = 30;

    /** The header of the encryption, the two of the store, and a block. */
    private static final int SIZE_WITH_FIRST_RECORDS = 4 * 4096;

    private static final long SEED = 20261124;
    private static final int FLIPS = 150;

    @TempDir
    private static Path made;

    private static StoredState whole;

    @TempDir
    private Path temp;

    private static ChangeSet tasks(int save) {
        ChangeSet changes = ChangeSet.empty();
        JobRecord job = JobRecord.created(JobSpec.of(JOB, new PoolId("pool")), JobRules.DEFAULT, 0, Instant.EPOCH);
        changes.jobs().put("job", Optional.of(job));
        for (int i = 0; i < TASKS_PER_SAVE; i++) {
            TaskSpec spec = TaskSpec.builder("t" + save + "-" + i, "/bin/true")
                    .environment(Map.of("URL", "http://127.0.0.1/container?" + SECRET))
                    .build();
            TaskRecord task = TaskRecord.submitted(JOB, spec, TaskRules.DEFAULT, save, Instant.EPOCH);
            changes.tasks().put("job/" + spec.id(), Optional.of(task));
        }
        return changes;
    }

    private static void fill(EngineStore store) {
        IntStream.range(0, SAVES).forEach(save -> store.save(List.of(tasks(save))));
    }

    /** Makes a store once for all tests, as a crash would leave it and as it is after it was closed. */
    @BeforeAll
    static void make() throws IOException {
        try (StateFolder folder = StateFolder.take(made.resolve("open"));
                EngineStore store = EngineStore.open(folder)) {
            fill(store);
            copy(made.resolve("open"), made.resolve("crashed"));
        }
        copy(made.resolve("open"), made.resolve("closed"));
        whole = read(copyOf("crashed"));
    }

    private static Path copyOf(String kind) throws IOException {
        Path copy = Files.createTempDirectory(made, "copy");
        copy(made.resolve(kind), copy);
        return copy;
    }

    /** A store of its own for a test. */
    private static Path filled(boolean closed) throws IOException {
        return copyOf(closed ? "closed" : "crashed");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from).filter(Files::isRegularFile)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static StoredState read(Path path) {
        try (StateFolder folder = StateFolder.take(path);
                EngineStore store = EngineStore.open(folder)) {
            return store.read();
        }
    }

    private static BatchException refusal(Path path) {
        return catchThrowableOfType(BatchException.class, () -> read(path));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasSavedIsThereAfterACloseAndAfterACrash(boolean closed) throws Exception {
        StoredState state = read(filled(closed));
        assertThat(state.jobs()).hasSize(1);
        assertThat(state.tasks()).hasSize(SAVES * TASKS_PER_SAVE);
    }

    @Test
    void whatWasRemovedIsGone() {
        Path path = temp.resolve("state");
        try (StateFolder folder = StateFolder.take(path);
                EngineStore store = EngineStore.open(folder)) {
            ChangeSet removal = ChangeSet.empty();
            removal.tasks().put("job/t0-0", Optional.empty());
            store.save(List.of(tasks(0), removal));
        }
        assertThat(read(path).tasks()).hasSize(TASKS_PER_SAVE - 1);
    }

    @Test
    void theEngineKeepsItsNameThroughRestarts() {
        Path path = temp.resolve("state");
        String first;
        try (StateFolder folder = StateFolder.take(path);
                EngineStore store = EngineStore.open(folder)) {
            first = store.engineId();
        }
        try (StateFolder folder = StateFolder.take(path);
                EngineStore store = EngineStore.open(folder)) {
            assertThat(store.engineId()).isEqualTo(first).isNotEmpty();
        }
    }

    @Test
    void signaturesCannotBeReadInTheFilesAndTheKeyIsItsUsersAlone() throws Exception {
        Path path = filled(true);
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("sig=");
            }
        }
        Path key = made.resolve("open/engine.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    private static MVStore openFile(Path path) throws IOException {
        char[] key = Files.readString(path.resolve("engine.key")).toCharArray();
        return new MVStore.Builder()
                .fileName(path.resolve("engine.db").toString())
                .encryptionKey(key)
                .open();
    }

    private static void setFormat(Path path, String format) throws IOException {
        try (MVStore store = openFile(path)) {
            store.<String, String>openMap("meta").put("format", format);
        }
    }

    /** What earlier formats did not have: check sums. */
    private static void withoutSums(Path path) throws IOException {
        try (MVStore store = openFile(path)) {
            for (String kind : List.of("jobs", "tasks")) {
                MVMap<String, byte[]> map = store.openMap(kind);
                List.copyOf(map.keySet()).forEach(key -> map.put(key, RecordChecksum.open(key, map.get(key))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void aStoreOfAnEarlierFormatIsTakenOver(String format) throws Exception {
        Path path = filled(true);
        withoutSums(path);
        setFormat(path, format);
        for (int times = 0; times < 2; times++) {
            assertSame(read(path), whole);
        }
    }

    @Test
    void aStoreThatDoesNotSayItsFormatIsRefused() throws Exception {
        Path path = filled(true);
        try (MVStore store = openFile(path)) {
            store.<String, String>openMap("meta").remove("format");
        }
        assertThat(refusal(path).code()).isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    void aRecordUnderAnothersKeyIsRefused() throws Exception {
        Path path = filled(true);
        try (MVStore store = openFile(path)) {
            MVMap<String, byte[]> tasks = store.openMap("tasks");
            tasks.put("job/t0-0", tasks.get("job/t0-1"));
        }
        assertThat(refusal(path).code()).isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    void aStoreOfAnotherFormatIsRefusedAndLeftAsItIs() throws Exception {
        Path path = filled(true);
        Path file = path.resolve("engine.db");
        setFormat(path, "99");
        byte[] before = Files.readAllBytes(file);
        BatchException refusal = refusal(path);
        assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal).hasMessageContaining("format 99");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine.db", "engine.key"})
    void aStoreOfWhichAPartIsMissingIsRefused(String part) throws Exception {
        Path path = filled(true);
        Files.delete(path.resolve(part));
        assertThat(refusal(path).code()).isIn(ErrorCode.UNKNOWN, ErrorCode.UNAVAILABLE);
        assertThat(path.resolve(part)).doesNotExist();
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        Path path = filled(true);
        Files.writeString(path.resolve("engine.key"), "0".repeat(64));
        assertThat(refusal(path).code()).isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    void anOlderCopyOfTheStoreAloneIsRefused() throws Exception {
        Path path = temp.resolve("state");
        byte[] older;
        try (StateFolder folder = StateFolder.take(path);
                EngineStore store = EngineStore.open(folder)) {
            store.save(List.of(tasks(0)));
            older = Files.readAllBytes(path.resolve("engine.db"));
            store.save(List.of(tasks(1)));
        }
        Files.write(path.resolve("engine.db"), older);
        assertThat(refusal(path).code()).isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    void aCrashRightAfterTheKeyWasMadeIsNoDamage() throws Exception {
        Path path = Files.createDirectory(temp.resolve("state"));
        StoreKey.create(path.resolve("engine.key"));
        assertThat(read(path).tasks()).isEmpty();
    }

    /** The lengths end within its parts: the header of the encryption, the two of the store, its first records. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 5000, 8192, 12288, 14000})
    void aCrashWhileTheFirstStoreIsMadeIsNoDamage(int written) throws Exception {
        Path whole = filled(true);
        Path path = Files.createDirectory(temp.resolve("state"));
        StoreKey.create(path.resolve("engine.key"));
        Files.write(
                path.resolve("engine.db.new"), Arrays.copyOf(Files.readAllBytes(whole.resolve("engine.db")), written));

        assertThat(read(path).tasks()).isEmpty();
        assertThat(path.resolve("engine.db.new")).doesNotExist();
    }

    /** A file that grew under its final name would be refused as damaged if the process died in between. */
    @Test
    void theFirstStoreGetsItsNameWhenItIsWhole() throws Exception {
        Path path = Files.createDirectory(temp.resolve("state"));
        Path file = path.resolve("engine.db");
        long firstSize = -1;
        try (StateFolder folder = StateFolder.take(path)) {
            CompletableFuture<Void> opened =
                    CompletableFuture.runAsync(() -> EngineStore.open(folder).close());
            while (firstSize < 0) {
                try {
                    firstSize = Files.size(file);
                } catch (NoSuchFileException e) {
                    assertThat(opened).isNotCompletedExceptionally();
                }
            }
            opened.join();
        }
        assertThat(firstSize).isGreaterThanOrEqualTo(SIZE_WITH_FIRST_RECORDS);
    }

    @Test
    void aLossOfTheCountOfSavesAloneIsNoDamage() throws Exception {
        Path path = filled(false);
        Files.write(path.resolve("engine.saves"), new byte[0]);
        assertThat(read(path).tasks()).hasSize(SAVES * TASKS_PER_SAVE);
    }

    static Stream<Double> places() {
        return IntStream.range(0, 40).mapToObj(i -> i / 40.0);
    }

    private static void assertSame(StoredState state, StoredState expected) {
        assertThat(state.jobs()).isEqualTo(expected.jobs());
        assertThat(state.tasks()).isEqualTo(expected.tasks());
    }

    private static void assertWholeOrRefused(Path path, byte[] damaged) throws IOException {
        Path file = path.resolve("engine.db");
        Files.write(file, damaged);
        StoredState state;
        try {
            state = read(path);
        } catch (BatchException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN);
            assertThat(e).hasMessageContaining("engine.db").hasMessageContaining("Nothing was changed");
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
            return;
        }
        assertSame(state, whole);
    }

    @Test
    void aStoreIsNotEmptyBehindItsUsersBack() throws Exception {
        Path path = filled(true);
        assertWholeOrRefused(path, new byte[0]);
        assertThat(refusal(path)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aStoreThatWasCutOffIsWholeOrRefusedAndNeverSilentlyShorter(double place) throws Exception {
        for (boolean closed : new boolean[] {true, false}) {
            Path path = filled(closed);
            byte[] bytes = Files.readAllBytes(path.resolve("engine.db"));
            assertWholeOrRefused(path, Arrays.copyOf(bytes, (int) (bytes.length * place)));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void aStoreWithGarbageInItIsWholeOrRefusedAndNeverSilentlyShorter(double place) throws Exception {
        for (boolean closed : new boolean[] {true, false}) {
            Path path = filled(closed);
            byte[] bytes = Files.readAllBytes(path.resolve("engine.db"));
            byte[] garbage = new byte[4096];
            new Random(Double.hashCode(place)).nextBytes(garbage);
            int start = (int) (bytes.length * place);
            System.arraycopy(garbage, 0, bytes, start, Math.min(garbage.length, bytes.length - start));
            assertWholeOrRefused(path, bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreWithASingleBitTurnedIsWholeOrRefusedWhereverItIs(boolean closed) throws Exception {
        Random random = new Random(SEED);
        Path path = filled(closed);
        byte[] bytes = Files.readAllBytes(path.resolve("engine.db"));
        byte[] count = Files.readAllBytes(path.resolve("engine.saves"));
        for (int flip = 0; flip < FLIPS; flip++) {
            byte[] damaged = bytes.clone();
            int place = flip * (bytes.length / FLIPS) + random.nextInt(bytes.length / FLIPS);
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            assertWholeOrRefused(path, damaged);
            Files.write(path.resolve("engine.saves"), count);
        }
    }
}
