package io.twinbatch.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.app.doctor.Check.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedUrlCheckTest {
    @TempDir
    private Path folder;

    private LoopbackStore store;

    @BeforeEach
    void setUp() throws IOException {
        store = new LoopbackStore();
    }

    @AfterEach
    void tearDown() {
        store.close();
    }

    @Test
    void aFileGoesThereAndBackAndNothingIsLeft() throws IOException {
        assertThat(check().level()).isEqualTo(Level.OK);
        assertThat(store.objects).containsOnlyKeys("/doctor-run-1/text");
        assertThat(store.containers).isEmpty();
    }

    @Test
    void aUrlThatIsRefusedIsAFailureAndIsNotShownWithItsSignature() throws IOException {
        store.status = 403;

        Check check = check();

        assertThat(check.level()).isEqualTo(Level.FAIL);
        assertThat(check.finding()).contains("status 403").doesNotContain("secret");
        assertThat(store.containers).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReachedIsAFailure() throws IOException {
        store.close();

        assertThat(check().level()).isEqualTo(Level.FAIL);
        assertThat(store.containers).isEmpty();
    }

    private Check check() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        return new SignedUrlCheck(
                        store,
                        new RunTags(new RunId("run-1"), Optional.empty(), Optional.empty()),
                        ProxyChoice.of(Map.of()))
                .check(file);
    }
}
