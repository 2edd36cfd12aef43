package io.twinbatch.local.emulator;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has the operations over an engine of its own. */
public abstract class ServiceTest {
    /** For the files of a test; the engine's are in {@code state}. */
    @TempDir
    protected Path folder;

    protected ServiceRig rig;

    @BeforeEach
    protected void open() {
        rig = new ServiceRig(folder.resolve("state"));
    }

    @AfterEach
    protected void close() {
        rig.close();
    }
}
