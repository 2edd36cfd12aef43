package io.twinbatch.it.contract;

import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import java.net.URI;

/** What a contract suite has to be given of one kind of object store. */
public interface ObjectStoreFixture extends AutoCloseable {
    /** How many entries one page of a listing has; small, so that a test can fill several. */
    int PAGE_SIZE = 5;

    /** The store under test, with listings in pages of {@link #PAGE_SIZE} when it can be told so. */
    ObjectStore store();

    /** The same store, for somebody with the wrong secret. */
    ObjectStore withWrongSecret();

    /** A store of the same kind where nothing listens. */
    ObjectStore unreachable();

    /** The URL that lists a container's objects, made of the signed URL of the container. */
    URI listing(SignedUrl container);

    @Override
    void close();
}
