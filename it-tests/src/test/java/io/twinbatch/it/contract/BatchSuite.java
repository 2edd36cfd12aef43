package io.twinbatch.it.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What the suites of pools and jobs share: one fixture for the class, and everything cleared away after each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BatchSuite {
    private BatchFixture fixture;
    private Workbench bench;

    /** Builds the fixture, once for the class. */
    protected abstract BatchFixture open() throws Exception;

    @BeforeAll
    void openFixture() throws Exception {
        fixture = open();
        bench = new Workbench(fixture);
    }

    @AfterEach
    void clear() {
        bench.clear();
    }

    @AfterAll
    void closeFixture() {
        if (fixture != null) {
            bench.clearAll();
            fixture.close();
        }
    }

    final Workbench bench() {
        return bench;
    }
}
