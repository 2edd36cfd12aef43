package io.twinbatch.it.memory;

import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.it.contract.ObjectStoreContract;
import io.twinbatch.it.contract.ObjectStoreFixture;
import java.net.URI;

/** The contract of object stores, kept in memory. */
class MemoryObjectStoreTest extends ObjectStoreContract {
    @Override
    protected ObjectStoreFixture open() {
        MemoryObjects objects = new MemoryObjects();
        SignedUrlServer urls = new SignedUrlServer(objects);
        MemoryStore store = new MemoryStore(objects, urls);
        return new ObjectStoreFixture() {
            @Override
            public ObjectStore store() {
                return store;
            }

            @Override
            public ObjectStore withWrongSecret() {
                return store.refusing(ErrorCode.UNAUTHENTICATED);
            }

            @Override
            public ObjectStore unreachable() {
                return store.refusing(ErrorCode.UNAVAILABLE);
            }

            @Override
            public URI listing(SignedUrl container) {
                return container.url();
            }

            @Override
            public void close() {
                urls.close();
            }
        };
    }
}
