package io.twinbatch.app.option;

import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options about the report of a run, for each command that finishes one. */
public final class ReportOptions {
    @Option(
            names = "--report",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Write report.html and report.json beside the results. Default: ${DEFAULT-VALUE}.")
    public boolean report;

    @Option(
            names = "--node-price",
            paramLabel = "PRICE",
            converter = Converters.ToPrice.class,
            description = "Price of a node per hour, in any currency, such as 0.096. With it the report says what the"
                    + " nodes of the run cost. Default: none.")
    public Optional<BigDecimal> nodePrice;
}
