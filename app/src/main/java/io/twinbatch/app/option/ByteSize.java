package io.twinbatch.app.option;

import io.twinbatch.api.error.QuotedValue;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes: with the units of GNU programs, of which k, M and G are powers of 1024, and kB, MB and GB of 1000. */
final class ByteSize implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]{0,3})");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gib", 1L << 30),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L));

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (size.matches()) {
            Long unit = UNITS.get(size.group(2).toLowerCase(Locale.ROOT));
            BigInteger bytes =
                    unit == null ? BigInteger.ZERO : new BigInteger(size.group(1)).multiply(BigInteger.valueOf(unit));
            if (bytes.signum() > 0 && bytes.bitLength() < Long.SIZE) {
                return bytes.longValueExact();
            }
        }
        throw new TypeConversionException(
                "a size of at least one byte, such as 64MiB, 1M or 500k, not '" + QuotedValue.of(text) + "'");
    }
}
