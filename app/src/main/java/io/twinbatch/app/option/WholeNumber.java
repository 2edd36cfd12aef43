package io.twinbatch.app.option;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.pool.PoolSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers of a range; each option has its own. */
abstract class WholeNumber implements ITypeConverter<Integer> {
    private final int smallest;
    private final int largest;

    private WholeNumber(int smallest, int largest) {
        this.smallest = smallest;
        this.largest = largest;
    }

    @Override
    public final Integer convert(String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for everything that is not such a number.
        }
        throw new TypeConversionException("a whole number " + range() + ", not '" + QuotedValue.of(text) + "'");
    }

    private String range() {
        return largest == Integer.MAX_VALUE ? "of at least " + smallest : "from " + smallest + " to " + largest;
    }

    /** How many words to report, how many files a task gets. */
    static final class Positive extends WholeNumber {
        Positive() {
            super(1, Integer.MAX_VALUE);
        }
    }

    /** How many nodes. */
    static final class Nodes extends WholeNumber {
        Nodes() {
            super(1, 1000);
        }
    }

    /** How many slots a node has. */
    static final class Slots extends WholeNumber {
        Slots() {
            super(1, PoolSpec.MAX_SLOTS_PER_NODE);
        }
    }

    /** How many retries. */
    static final class Retries extends WholeNumber {
        Retries() {
            super(0, 100);
        }
    }

    /** A TCP port. */
    static final class Port extends WholeNumber {
        Port() {
            super(1, 65535);
        }
    }

    /** A TCP port, or 0 for a free one. */
    static final class PortOrFree extends WholeNumber {
        PortOrFree() {
            super(0, 65535);
        }
    }
}
