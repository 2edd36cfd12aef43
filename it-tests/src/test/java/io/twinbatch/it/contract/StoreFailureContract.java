package io.twinbatch.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an object store tells of credentials that are wrong, of a service that is not there, and of the service's words. */
abstract class StoreFailureContract {
    private final Supplier<ObjectStoreFixture> fixture;
    private final Supplier<ContainerName> container;

    @TempDir
    private Path folder;

    /**
     * A suite that runs inside another one.
     *
     * @param fixture gives the fixture
     * @param container gives a fresh container for each test
     */
    StoreFailureContract(Supplier<ObjectStoreFixture> fixture, Supplier<ContainerName> container) {
        this.fixture = fixture;
        this.container = container;
    }

    @Test
    void aWrongSecretIsToldFromAMissingRight() {
        BatchException failure = assertFails(
                ErrorCode.UNAUTHENTICATED, () -> fixture.get().withWrongSecret().containerExists(container.get()));

        assertThat(failure.resource()).isEqualTo("container " + container.get());
    }

    @Test
    void aStoreThatCannotBeReachedIsUnavailableAndSaysSoSoon() throws IOException {
        Path source = Files.writeString(folder.resolve("source"), "x");
        Instant begin = Instant.now();

        assertFails(
                ErrorCode.UNAVAILABLE, () -> fixture.get().unreachable().createContainer(container.get(), Map.of()));
        assertFails(
                ErrorCode.UNAVAILABLE,
                () -> fixture.get().unreachable().put(key("x"), source, Map.of(), TransferListener.NONE));
        assertFails(
                ErrorCode.UNAVAILABLE,
                () -> fixture.get().unreachable().get(key("x"), target(), TransferListener.NONE));

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void whatTheServiceSaidTravelsWithTheFailure() {
        BatchException failure = assertFails(
                ErrorCode.NOT_FOUND, () -> fixture.get().store().get(key("missing"), target(), TransferListener.NONE));

        assertThat(failure.resource()).isEqualTo("object " + key("missing"));
        assertThat(failure.getCause()).isNotNull();
        assertThat(failure.serviceError().map(ServiceError::code))
                .hasValueSatisfying(code -> assertThat(code).isNotEmpty());
        assertThat(failure.serviceError().map(ServiceError::requestId))
                .hasValueSatisfying(id -> assertThat(id).isNotEmpty());
    }

    /** The failure of a call that has to fail with this code. */
    static BatchException assertFails(ErrorCode code, ThrowingCallable call) {
        BatchException failure = catchThrowableOfType(BatchException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return failure;
    }

    private ObjectKey key(String name) {
        return new ObjectKey(container.get(), name);
    }

    private Path target() {
        return folder.resolve("target");
    }
}
