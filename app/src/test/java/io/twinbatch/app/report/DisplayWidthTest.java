package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    private static final String EMOJI = Character.toString(0x1F600);

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "bread.txt, 9",
        "\u00e4\u00f6\u00fc\u00df, 4",
        "a\u0308o\u0308, 2",
        "\u65e5\u672c\u8a9e, 6",
        "\ud55c\uae00, 4",
        "\u1112\u1161\u11ab, 2",
        "\uff21\uff22, 4",
        "\uff71\uff72, 2",
        "\u0645\u06cc\u200c\u062e, 3",
        "\u03b1\u0416, 2",
        "\ud83d\ude00, 2",
        "\ud840\udc00, 2",
        "\ud835\udc00, 1"
    })
    void charactersTakeTheColumnsThatATerminalGivesThem(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }

    @Test
    void aTextIsCutBetweenCharactersAndNotInsideOne() {
        assertThat(DisplayWidth.cut("a\u65e5b", 2)).isEqualTo("a");
        assertThat(DisplayWidth.cut("a\u65e5b", 3)).isEqualTo("a\u65e5");
        assertThat(DisplayWidth.cut(EMOJI + "b", 2)).isEqualTo(EMOJI);
        assertThat(DisplayWidth.cut("a\u0308b", 1)).isEqualTo("a\u0308");
        assertThat(DisplayWidth.cut("ab", 0)).isEmpty();
    }

    @Test
    void columnsAreAlignedByWhatIsSeen() {
        assertThat(DisplayWidth.padded("\u65e5", 4)).isEqualTo("\u65e5  ");
        assertThat(DisplayWidth.padded("a\u0308", 4)).isEqualTo("a\u0308   ");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "19", "20", "40", "200"})
    void aBarIsNeverAsWideAsTheWindow(int columns) {
        String text = "\u65e5\u672c\u8a9e.txt 1 of 4";
        assertThat(DisplayWidth.of(ProgressBar.draw(1, 4, text, columns))).isLessThan(columns);
    }
}
