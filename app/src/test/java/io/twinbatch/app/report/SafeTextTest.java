package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        String text = "Käse, 文書, נייר, \uD83D\uDE00, می\u200Cخواهم";
        assertThat(SafeText.line(text)).isEqualTo(text);
    }

    @Test
    void whatATerminalWouldObeyIsMadeVisible() {
        assertThat(SafeText.line("a\u001b[31mred\nb\tc\rd\u0007\u009b2J"))
                .isEqualTo("a\\u001b[31mred\\nb\\tc\\rd\\u0007\\u009b2J");
    }

    @Test
    void whatWouldTurnTheDirectionOfWritingIsMadeVisible() {
        assertThat(SafeText.line("txt.\u202Eexe\u2028")).isEqualTo("txt.\\u202eexe\\u2028");
    }
}
