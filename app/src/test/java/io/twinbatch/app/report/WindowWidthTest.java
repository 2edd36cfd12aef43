package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowWidthTest {
    private String answer = "24 100\n";
    private int questions;

    @Test
    void theTerminalIsAskedWhenTheWidthIsNeededAndAfterAChange() {
        WindowWidth width = width("");
        assertThat(questions).isZero();
        assertThat(width.getAsInt()).isEqualTo(100);
        answer = "24 7\n";
        assertThat(width.getAsInt()).isEqualTo(100);
        width.change();
        assertThat(width.getAsInt()).isEqualTo(7);
        assertThat(questions).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "24 19, 120, 19",
        "24 1, '', 1",
        "0 0, 120, 120",
        "'', 120, 120",
        "'', '', 80",
        "0 0, 0, 80",
        "0 0, -5, 80",
        "'', wide, 80"
    })
    void theVariableCountsWhereTheTerminalDoesNotAnswer(String reported, String variable, int columns) {
        answer = reported;
        assertThat(width(variable).getAsInt()).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"xterm-256color, 012, true", "dumb, 012, false", "'', 012, false", "xterm, 01, false"})
    void aLineIsChangedInPlaceOnlyWhereTheTerminalCan(String kind, String streams, boolean rewritable) {
        Properties properties = new Properties();
        properties.setProperty("twinbatch.terminals", streams);
        Terminal terminal = Terminal.of(properties, Map.of("TERM", kind), () -> 80);
        assertThat(terminal.rewritable()).isEqualTo(rewritable);
        assertThat(terminal.canAsk()).isEqualTo(streams.contains("2"));
    }

    private WindowWidth width(String variable) {
        return new WindowWidth(
                () -> {
                    questions++;
                    return answer;
                },
                Map.of("COLUMNS", variable));
    }
}
