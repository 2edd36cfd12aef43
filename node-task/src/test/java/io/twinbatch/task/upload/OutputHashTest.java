package io.twinbatch.task.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputHashTest {
    @Test
    void hashesAsTheJavaPlatformDoes() throws NoSuchAlgorithmException {
        Random random = new Random(17);
        for (int length = 0; length < 400; length++) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            OutputHash hash = new OutputHash();
            int at = 0;
            while (at < length) {
                int count = 1 + random.nextInt(length - at);
                hash.update(data, at, count);
                at += count;
            }
            byte[] expected = MessageDigest.getInstance("SHA-256").digest(data);
            assertThat(hash.finish())
                    .as(length + " bytes")
                    .isEqualTo(HexFormat.of().formatHex(expected));
        }
    }

    @Test
    void hashesLargeDataInOneGo() throws NoSuchAlgorithmException {
        byte[] data = new byte[1_000_003];
        new Random(19).nextBytes(data);
        OutputHash hash = new OutputHash();
        hash.update(data, 0, data.length);
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(data);
        assertThat(hash.finish()).isEqualTo(HexFormat.of().formatHex(expected));
    }
}
