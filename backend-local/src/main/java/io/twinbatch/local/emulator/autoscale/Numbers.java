package io.twinbatch.local.emulator.autoscale;

import java.math.BigDecimal;

/** Writes numbers as the service does: no point in whole ones. */
final class Numbers {
    private Numbers() {}

    static String text(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
        return exact.signum() == 0 ? "0" : exact.toPlainString();
    }
}
