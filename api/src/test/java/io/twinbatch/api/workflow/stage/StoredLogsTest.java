package io.twinbatch.api.workflow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.MemoryObjectStore;
import io.twinbatch.api.workflow.model.RunId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredLogsTest {
    private static final RunId RUN = new RunId("20261122-175901-k3f9");

    @TempDir
    private Path folder;

    @Test
    void whatAFailedTaskHasLeftIsCopiedAsItIs() throws IOException {
        MemoryObjectStore store = new MemoryObjectStore();
        store.createContainer(RUN.container("output"), Map.of());
        byte[] written = {'o', 'h', 0, -1, '\n'};
        store.put(
                new ObjectKey(RUN.container("output"), "topNtask1.log/stderr.txt"),
                Files.write(folder.resolve("log"), written),
                Map.of(),
                TransferListener.NONE);
        StoredLogs logs = new StoredLogs(store);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(logs.copy(RUN, "topNtask0", TaskFile.STDERR, out)).isFalse();
        assertThat(logs.copy(RUN, "topNtask1", TaskFile.STDOUT, out)).isFalse();
        assertThat(out.size()).isZero();
        assertThat(logs.copy(RUN, "topNtask1", TaskFile.STDERR, out)).isTrue();
        assertThat(out.toByteArray()).isEqualTo(written);
    }
}
