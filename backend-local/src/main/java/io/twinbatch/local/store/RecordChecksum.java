package io.twinbatch.local.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Records with a check sum over them and their key in front. The store checks where its pages are, but not what is in
 * them; damage there could pass for a record.
 */
final class RecordChecksum {
    private static final int SUM_BYTES = Integer.BYTES;

    private RecordChecksum() {}

    static byte[] seal(String key, byte[] record) {
        return ByteBuffer.allocate(SUM_BYTES + record.length)
                .putInt(sum(key, record))
                .put(record)
                .array();
    }

    /** The record; throws {@link IllegalStateException} when it is not the one that was sealed under this key. */
    static byte[] open(String key, byte[] sealed) {
        if (sealed.length >= SUM_BYTES) {
            byte[] record = Arrays.copyOfRange(sealed, SUM_BYTES, sealed.length);
            if (ByteBuffer.wrap(sealed).getInt() == sum(key, record)) {
                return record;
            }
        }
        throw new IllegalStateException("a record is not as it was written");
    }

    private static int sum(String key, byte[] record) {
        CRC32C sum = new CRC32C();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        // Keys are text, so that no key and record are the same bytes as another key and record.
        sum.update(0);
        sum.update(record);
        return (int) sum.getValue();
    }
}
