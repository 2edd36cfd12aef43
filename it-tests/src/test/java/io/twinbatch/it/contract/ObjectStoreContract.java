package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.StoreFailureContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sentence of {@link ObjectStore}, pinned; signed URLs are in {@link SignedUrlContract},
 * failures of credentials and connections in {@link StoreFailureContract}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ObjectStoreContract {
    private static final int LARGE_BYTES = 70 << 20;

    private ObjectStoreFixture fixture;
    private ObjectStore store;
    private ContainerName container;

    @TempDir
    private Path folder;

    /** Builds the fixture, once for the class. */
    protected abstract ObjectStoreFixture open() throws Exception;

    @BeforeAll
    void openFixture() throws Exception {
        fixture = open();
        store = fixture.store();
    }

    @AfterAll
    void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @BeforeEach
    void createContainer() {
        container = newName();
        store.createContainer(container, Map.of());
    }

    @AfterEach
    void deleteContainers() {
        store.deleteContainer(container);
    }

    @Nested
    class SignedUrls extends SignedUrlContract {
        SignedUrls() {
            super(() -> fixture, () -> container);
        }
    }

    @Nested
    class Failures extends StoreFailureContract {
        Failures() {
            super(() -> fixture, () -> container);
        }
    }

    @Test
    void aContainerIsCreatedOnceAndLeftAsItIsAfterwards() {
        ContainerName name = newName();

        assertThat(store.containerExists(name)).isFalse();
        assertThat(store.createContainer(name, Map.of("run", "1"))).isTrue();
        assertThat(store.createContainer(name, Map.of("run", "2"))).isFalse();

        assertThat(store.containerExists(name)).isTrue();
        assertThat(only(store.listContainers(name.value())).metadata()).isEqualTo(Map.of("run", "1"));
        store.deleteContainer(name);
    }

    @Test
    void aContainerIsDeletedWithItsObjects() throws IOException {
        ContainerName name = newName();
        store.createContainer(name, Map.of());
        ObjectKey key = new ObjectKey(name, "x");
        put(key, "x");

        assertThat(store.deleteContainer(name)).isTrue();

        assertThat(store.deleteContainer(name)).isFalse();
        assertThat(store.containerExists(name)).isFalse();
        assertThat(store.head(key)).isEmpty();
        assertThat(store.delete(key)).isFalse();
        assertThat(store.listContainers(name.value())).isEmpty();
    }

    @Test
    void containersAreListedByNameOverManyPages() {
        String prefix = newName().value();
        List<ContainerName> names = IntStream.range(0, 2 * ObjectStoreFixture.PAGE_SIZE + 1)
                .mapToObj(number -> new ContainerName(prefix + "-" + (char) ('a' + number)))
                .toList();
        names.forEach(name -> store.createContainer(name, Map.of("Who_1", "me, myself")));

        List<ContainerInfo> listed = store.listContainers(prefix).toList();

        assertThat(listed).extracting(ContainerInfo::name).isEqualTo(names);
        assertThat(listed).allSatisfy(info -> {
            assertThat(info.metadata()).isEqualTo(Map.of("who_1", "me, myself"));
            assertThat(info.lastModified()).isBetween(minutesFromNow(-10), minutesFromNow(10));
        });
        names.forEach(store::deleteContainer);
    }

    @Test
    void metadataThatCannotBeStoredIsRefused() throws IOException {
        Path source = file("x");
        for (Map<String, String> bad :
                List.of(Map.of("1a", "x"), Map.of("a-b", "x"), Map.of("", "x"), Map.of("a", "ü"), Map.of("a", "\n"))) {
            assertFails(ErrorCode.INVALID, () -> store.createContainer(container, bad));
            assertFails(ErrorCode.INVALID, () -> store.put(key("x"), source, bad, TransferListener.NONE));
        }
    }

    @Test
    void anObjectComesBackAsItWasStored() throws IOException {
        ObjectInfo stored = store.put(key("a/b.txt"), file("hello"), Map.of("Run", "7"), TransferListener.NONE);

        assertThat(stored.key()).isEqualTo(key("a/b.txt"));
        assertThat(stored.size()).isEqualTo(5);
        assertThat(stored.metadata()).isEqualTo(Map.of("run", "7"));
        assertThat(stored.lastModified()).isBetween(minutesFromNow(-10), minutesFromNow(10));
        assertThat(stored.sha256()).contains("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        // The hash is known to the caller that stored the object.
        ObjectInfo known = new ObjectInfo(stored.key(), stored.size(), stored.lastModified(), stored.metadata());
        assertThat(store.head(key("a/b.txt"))).contains(known);
        assertThat(store.get(key("a/b.txt"), target(), TransferListener.NONE)).isEqualTo(known);
        assertThat(target()).hasContent("hello");
    }

    @Test
    void anObjectIsReplacedWithItsMetadata() throws IOException {
        store.put(key("x"), file("first"), Map.of("a", "1"), TransferListener.NONE);
        store.put(key("x"), file("second one"), Map.of("b", "2"), TransferListener.NONE);

        assertThat(content("x")).isEqualTo("second one");
        assertThat(store.head(key("x")).map(ObjectInfo::metadata)).contains(Map.of("b", "2"));
    }

    @Test
    void anEmptyObjectIsStoredAndFetched() throws IOException {
        AtomicLong sent = new AtomicLong();
        store.put(key("empty"), file(""), Map.of(), sent::addAndGet);

        assertThat(content("empty")).isEmpty();
        assertThat(store.head(key("empty")).map(ObjectInfo::size)).contains(0L);
        assertThat(sent).hasValue(0);
    }

    @Test
    void aLargeObjectComesBackByteByByteAndItsTransferIsCounted() throws IOException {
        Path source = largeFile();
        AtomicLong sent = new AtomicLong();
        AtomicLong received = new AtomicLong();

        store.put(key("large"), source, Map.of("Kind", "large"), sent::addAndGet);
        ObjectInfo read = store.get(key("large"), target(), received::addAndGet);

        assertThat(Files.mismatch(source, target())).isEqualTo(-1);
        assertThat(read.size()).isEqualTo(LARGE_BYTES);
        assertThat(read.metadata()).isEqualTo(Map.of("kind", "large"));
        assertThat(sent).hasValue(LARGE_BYTES);
        assertThat(received).hasValue(LARGE_BYTES);
    }

    @Test
    void partsOfAFileBecomeObjectsOfTheirOwnInAnyOrderAndAtOnce() throws IOException {
        Path source = largeFile();
        int part = LARGE_BYTES / 7;
        List<Integer> order = List.of(6, 2, 0, 5, 1, 4, 3);
        AtomicLong sent = new AtomicLong();

        List<ObjectInfo> stored = order.parallelStream()
                .map(number -> store.putPart(
                        key("part-" + number),
                        source,
                        new FileRange((long) number * part, part),
                        Map.of("Part", "" + number),
                        sent::addAndGet))
                .toList();

        assertThat(sent).hasValue(7L * part);
        assertThat(stored)
                .extracting(ObjectInfo::key)
                .isEqualTo(order.stream().map(number -> key("part-" + number)).toList());
        assertThat(store.list(container, "").map(ObjectInfo::size)).hasSize(7).containsOnly((long) part);
        for (ObjectInfo info : stored) {
            int number = Integer.parseInt(info.metadata().get("part"));
            store.get(info.key(), target(), TransferListener.NONE);
            byte[] content = Files.readAllBytes(target());
            assertThat(content).isEqualTo(bytes(source, (long) number * part, part));
            assertThat(info.sha256())
                    .contains(new Sha256().add(content, content.length).hex());
        }
    }

    @Test
    void aPartReplacesAnObjectAndMayBeEmptyOrTheWholeFile() throws IOException {
        put(key("x"), "something longer that was there before");

        store.putPart(key("x"), file("0123456789"), new FileRange(3, 4), Map.of(), TransferListener.NONE);
        assertThat(content("x")).isEqualTo("3456");
        store.putPart(key("x"), file("0123456789"), new FileRange(10, 0), Map.of(), TransferListener.NONE);
        assertThat(content("x")).isEmpty();
        store.putPart(key("x"), file("0123456789"), new FileRange(0, 10), Map.of(), TransferListener.NONE);
        assertThat(content("x")).isEqualTo("0123456789");
    }

    @Test
    void aPartThatTheFileDoesNotHaveLeavesTheOldObject() throws IOException {
        put(key("x"), "old");
        Path source = file("0123456789");
        Path missing = folder.resolve("missing");

        for (FileRange range : List.of(new FileRange(8, 4), new FileRange(11, 1), new FileRange(1 << 20, 1))) {
            assertFails(
                    ErrorCode.INVALID, () -> store.putPart(key("x"), source, range, Map.of(), TransferListener.NONE));
        }
        FileRange first = new FileRange(0, 1);
        assertFails(ErrorCode.INVALID, () -> store.putPart(key("x"), missing, first, Map.of(), TransferListener.NONE));
        ObjectKey nowhere = new ObjectKey(newName(), "x");
        assertFails(ErrorCode.NOT_FOUND, () -> store.putPart(nowhere, source, first, Map.of(), TransferListener.NONE));

        assertThat(content("x")).isEqualTo("old");
    }

    private static byte[] bytes(Path file, long offset, int length) throws IOException {
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[length];
            reader.seek(offset);
            reader.readFully(bytes);
            return bytes;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                " leading",
                "per%cent",
                "%",
                "a%20b",
                "a%2Fb",
                "a+b",
                "h#sh",
                "q?x=1&y=2",
                "ünïcödé/日本語.txt",
                "😀",
                "quote\"'<>&",
                ";:@=,$!*()~[]{}|^`",
                ".hidden",
                "a//b",
                "deep/er/and/deeper.txt"
            })
    void everyLegalNameIsKept(String name) throws IOException {
        put(key(name), name);

        assertThat(content(name)).isEqualTo(name);
        assertThat(store.list(container, ""))
                .extracting(info -> info.key().name())
                .containsExactly(name);
        assertThat(store.list(container, name)).hasSize(1);
        assertThat(store.head(key(name)).map(ObjectInfo::key)).contains(key(name));
        assertThat(store.delete(key(name))).isTrue();
    }

    @Test
    void namesThatDifferOnlyInTheirEncodingAreDifferent() throws IOException {
        List<String> names = List.of("a b", "a%20b", "a%2520b", "a+b");
        for (String name : names) {
            put(key(name), "of " + name);
        }

        for (String name : names) {
            assertThat(content(name)).isEqualTo("of " + name);
        }
    }

    @Test
    void puttingWhatCannotBePutLeavesTheOldObject() throws IOException {
        put(key("x"), "old");
        Path missing = folder.resolve("missing");
        Path source = file("new");

        assertFails(ErrorCode.INVALID, () -> store.put(key("x"), missing, Map.of(), TransferListener.NONE));
        assertFails(ErrorCode.INVALID, () -> store.put(key("x"), folder, Map.of(), TransferListener.NONE));
        assertFails(
                ErrorCode.NOT_FOUND,
                () -> store.put(new ObjectKey(newName(), "x"), source, Map.of(), TransferListener.NONE));

        assertThat(content("x")).isEqualTo("old");
    }

    @Test
    void gettingReplacesTheTarget() throws IOException {
        put(key("x"), "new");
        Files.writeString(target(), "something longer that was there before");

        store.get(key("x"), target(), TransferListener.NONE);

        assertThat(target()).hasContent("new");
        assertThat(folderEntries()).containsOnly("source", "target");
    }

    @Test
    void gettingWhatIsNotThereLeavesTheTarget() throws IOException {
        Files.writeString(target(), "old");

        assertFails(ErrorCode.NOT_FOUND, () -> store.get(key("missing"), target(), TransferListener.NONE));
        ObjectKey elsewhere = new ObjectKey(newName(), "x");
        assertFails(ErrorCode.NOT_FOUND, () -> store.get(elsewhere, target(), TransferListener.NONE));

        assertThat(target()).hasContent("old");
        assertThat(folderEntries()).containsOnly("target");
    }

    @Test
    void gettingIntoWhatCannotBeWrittenIsRefused() throws IOException {
        put(key("x"), "x");
        Path nowhere = folder.resolve("missing").resolve("target");
        Path taken = Files.createDirectory(folder.resolve("taken"));

        assertFails(ErrorCode.INVALID, () -> store.get(key("x"), nowhere, TransferListener.NONE));
        assertFails(ErrorCode.INVALID, () -> store.get(key("x"), taken, TransferListener.NONE));

        assertThat(folderEntries()).containsOnly("source", "taken");
    }

    @Test
    void objectsAreListedByNameOverManyPages() throws IOException {
        List<String> names = IntStream.range(0, 4 * ObjectStoreFixture.PAGE_SIZE + 3)
                .mapToObj(number -> String.format("n/%03d", number))
                .toList();
        for (String name :
                names.stream().sorted((left, right) -> right.compareTo(left)).toList()) {
            put(key(name), name);
        }
        put(key("m"), "");
        put(key("o"), "");

        List<ObjectInfo> listed = store.list(container, "n/").toList();

        assertThat(listed).extracting(info -> info.key().name()).isEqualTo(names);
        assertThat(listed).allSatisfy(info -> {
            assertThat(info.size()).isEqualTo(5);
            assertThat(info.metadata()).isEmpty();
            assertThat(info.lastModified()).isBetween(minutesFromNow(-10), minutesFromNow(10));
        });
        assertThat(store.list(container, "")).hasSize(names.size() + 2);
        assertThat(store.list(container, "n/").limit(2)).hasSize(2);
        assertThat(store.list(container, "nothing")).isEmpty();
        assertFails(ErrorCode.NOT_FOUND, () -> store.list(newName(), "").toList());
    }

    @Test
    void headOfWhatIsNotThereIsEmpty() {
        assertThat(store.head(key("missing"))).isEmpty();
        assertThat(store.head(new ObjectKey(newName(), "x"))).isEqualTo(Optional.empty());
    }

    @Test
    void anObjectIsDeletedOnce() throws IOException {
        put(key("x"), "x");

        assertThat(store.delete(key("x"))).isTrue();
        assertThat(store.delete(key("x"))).isFalse();
        assertThat(store.delete(new ObjectKey(newName(), "x"))).isFalse();
        assertThat(store.list(container, "")).isEmpty();
    }

    @Test
    void manyThreadsMayUseItAtOnce() throws IOException {
        Path source = file("shared");

        IntStream.range(0, 40)
                .parallel()
                .forEach(number -> store.put(key("p" + number), source, Map.of(), TransferListener.NONE));

        assertThat(store.list(container, "p")).hasSize(40);
    }

    private static ContainerName newName() {
        return new ContainerName("contract-" + UUID.randomUUID().toString().substring(0, 13));
    }

    private static Instant minutesFromNow(int minutes) {
        return Instant.now().plus(Duration.ofMinutes(minutes));
    }

    private static <T> T only(Stream<T> stream) {
        List<T> items = stream.toList();
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private ObjectKey key(String name) {
        return new ObjectKey(container, name);
    }

    private Path target() {
        return folder.resolve("target");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("source"), content);
    }

    private void put(ObjectKey key, String content) throws IOException {
        store.put(key, file(content), Map.of(), TransferListener.NONE);
    }

    private String content(String name) throws IOException {
        store.get(key(name), target(), TransferListener.NONE);
        return Files.readString(target());
    }

    private List<String> folderEntries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private Path largeFile() throws IOException {
        Path file = folder.resolve("large");
        Random random = new Random(7);
        byte[] part = new byte[1 << 20];
        try (OutputStream output = Files.newOutputStream(file)) {
            for (int written = 0; written < LARGE_BYTES; written += part.length) {
                random.nextBytes(part);
                output.write(part);
            }
        }
        return file;
    }
}
