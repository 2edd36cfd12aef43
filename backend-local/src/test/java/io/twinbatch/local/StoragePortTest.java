package io.twinbatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragePortTest {
    @TempDir
    private Path objects;

    private final List<String> told = new ArrayList<>();

    @Test
    void theLastPortIsTakenAgainWhileItIsFree() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        StoragePort port = new StoragePort(objects);
        port.remember(free);
        port.remember(free);

        assertThat(new StoragePort(objects).choose(told::add)).contains(free);
        assertThat(told).isEmpty();
    }

    @Test
    void whenItIsTakenAnotherOneIsChosenAndTheLossIsSaid() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StoragePort port = new StoragePort(objects);
            port.remember(other.getLocalPort());

            assertThat(port.choose(told::add).orElse(0)).isNotEqualTo(other.getLocalPort());
            assertThat(told).singleElement().asString().contains("signed before this start");
        }
    }

    @Test
    void aDamagedMemoryIsAsGoodAsNone() throws IOException {
        Files.writeString(objects.resolve("blob.port"), "x");

        new StoragePort(objects).choose(told::add);

        assertThat(told).isEmpty();
    }
}
