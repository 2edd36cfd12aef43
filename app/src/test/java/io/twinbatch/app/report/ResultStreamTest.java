package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultStreamTest {
    private static ResultStream failing(boolean pipe, String reason) {
        OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(reason);
            }
        };
        return ResultStream.to(out, pipe, StandardCharsets.UTF_8);
    }

    @Test
    void aReaderThatHasReadEnoughIsNoLossOfOutput() {
        ResultStream pipe = failing(true, "Datenübergabe unterbrochen (broken pipe)");
        ResultStream somewhere = failing(false, "Broken pipe");
        pipe.println("result");
        somewhere.println("result");

        assertThat(pipe.readerGone()).isTrue();
        assertThat(somewhere.readerGone()).isTrue();
    }

    @Test
    void aFullDiskIsALossOfOutput() {
        ResultStream file = failing(false, "No space left on device");
        file.println("result");

        assertThat(file.readerGone()).isFalse();
        assertThat(file.checkError()).isTrue();
    }
}
