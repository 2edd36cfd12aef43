package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinbatch.api.Identifiers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simple shapes that documents are made of. */
public final class Schemas {
    private static final Pattern ID = Pattern.compile(Identifiers.PATTERN);
    private static final Pattern FINER_THAN_A_TICK = Pattern.compile("(\\.\\d{7})\\d+");
    private static final Pattern YEARS_OR_MONTHS =
            Pattern.compile("P(?=\\d+[YM])(?:(?<years>\\d+)Y)?(?:(?<months>\\d+)M)?(?<rest>(?:\\d+D)?(?:T.+)?)");
    private static final Pattern FILE_MODE = Pattern.compile("[0-7]{1,5}");

    /** True or false. */
    public static final Schema FLAG = (name, value) -> {
        if (!value.isBoolean()) {
            throw BodyFaults.illTyped(name, "true or false");
        }
        return value;
    };

    /** Any text. */
    public static final Schema TEXT = (name, value) -> {
        if (!value.isTextual()) {
            throw BodyFaults.illTyped(name, "a text");
        }
        return value;
    };

    /** Text that is not blank. */
    public static final Schema WORDS =
            refined(TEXT, "It must not be empty.", value -> !value.textValue().isBlank());

    /** A name for people. */
    public static final Schema DISPLAY_NAME = refined(
            TEXT,
            "It has more than 1024 characters.",
            value -> value.textValue().length() <= 1024);

    /** The id of a pool, job, task or schedule. */
    public static final Schema NEW_ID = refined(
            TEXT,
            "An id has 1 to 64 letters, digits, hyphens and underscores.",
            value -> ID.matcher(value.textValue()).matches());

    /** The mode of a file, in octal digits. */
    static final Schema MODE = refined(
            TEXT,
            "A file mode has octal digits.",
            value -> FILE_MODE.matcher(value.textValue()).matches());

    /** A point in time; the service keeps seven digits behind the second. */
    public static final Schema TIME = (name, value) -> {
        String text = TEXT.check(name, value).textValue();
        if (!isTime(text)) {
            throw BodyFaults.illTyped(name, "a time in ISO 8601");
        }
        return TextNode.valueOf(FINER_THAN_A_TICK.matcher(text).replaceFirst("$1"));
    };

    /** A length of time of any length. */
    public static final Schema DURATION = duration(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE));

    private Schemas() {}

    /** A condition that a value has to fulfil besides. */
    public interface Condition {
        boolean holds(JsonNode value);
    }

    /** A shape with a further condition. */
    public static Schema refined(Schema shape, String reason, Condition condition) {
        return (name, value) -> {
            JsonNode checked = shape.check(name, value);
            if (!condition.holds(checked)) {
                throw BodyFaults.invalid(name, checked, reason);
            }
            return checked;
        };
    }

    private static boolean isTime(String text) {
        try {
            return !OffsetDateTime.parse(text).toInstant().isBefore(Instant.EPOCH.minusSeconds(Integer.MAX_VALUE));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** A length of time between two others. */
    public static Schema duration(Duration shortest, Duration longest) {
        return (name, value) -> {
            String text = TEXT.check(name, value).textValue();
            Duration length;
            try {
                length = parsed(text);
            } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
                throw BodyFaults.illTyped(name, "a duration in ISO 8601");
            }
            if (length.compareTo(shortest) < 0 || length.compareTo(longest) > 0) {
                throw BodyFaults.invalid(name, value, "It is not from " + shortest + " to " + longest + ".");
            }
            return YEARS_OR_MONTHS.matcher(text).matches() ? TextNode.valueOf(inDays(length)) : value;
        };
    }

    /** As the service does it: a year has 365 days, a month 30. */
    private static Duration parsed(String text) {
        Matcher calendar = YEARS_OR_MONTHS.matcher(text);
        if (!calendar.matches()) {
            return Duration.parse(text);
        }
        long days = Math.addExact(
                Math.multiplyExact(365L, number(calendar.group("years"))),
                Math.multiplyExact(30L, number(calendar.group("months"))));
        String rest = calendar.group("rest");
        return rest.isEmpty()
                ? Duration.ofDays(days)
                : Duration.parse("P" + rest).plusDays(days);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String inDays(Duration length) {
        Duration rest = length.minusDays(length.toDays());
        return "P" + length.toDays() + "D"
                + (rest.isZero() ? "" : rest.toString().substring("P".length()));
    }

    /** A whole number between two others. */
    public static Schema number(int least, int most) {
        return (name, value) -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw BodyFaults.illTyped(name, "a whole number of 32 bits");
            }
            if (value.intValue() < least || value.intValue() > most) {
                throw BodyFaults.invalid(name, value, "It is not from " + least + " to " + most + ".");
            }
            return value;
        };
    }

    /** One of a few names, in any case. */
    public static Schema oneOf(String... names) {
        return (name, value) -> {
            String text = TEXT.check(name, value).textValue();
            for (String known : names) {
                if (known.equalsIgnoreCase(text)) {
                    return TextNode.valueOf(known);
                }
            }
            throw BodyFaults.invalid(name, value, "It is none of " + String.join(", ", names) + ".");
        };
    }

    /** A list of values. */
    public static Schema listOf(Schema element) {
        return (name, value) -> {
            if (!value.isArray()) {
                throw BodyFaults.illTyped(name, "a list");
            }
            ArrayNode checked = JsonNodeFactory.instance.arrayNode();
            for (JsonNode each : value) {
                checked.add(element.check(name, each));
            }
            return checked;
        };
    }

    /** A list of a bounded length. */
    public static Schema listOf(Schema element, int least, int most) {
        Schema list = listOf(element);
        return (name, value) -> {
            if (value.isArray() && (value.size() < least || value.size() > most)) {
                throw BodyFaults.invalid(
                        name, value.size() + " elements", "It has from " + least + " to " + most + " elements.");
            }
            return list.check(name, value);
        };
    }

    /** A list of names with values, such as metadata. */
    static Schema namedValues(int most) {
        return listOf(new ObjectSchema().needs("name", WORDS).needs("value", TEXT), 0, most);
    }

    /** What the service has, and this emulator refuses. */
    public static Schema refused(String reason) {
        return (name, value) -> {
            if (value.isArray() && value.isEmpty()) {
                return value;
            }
            throw BodyFaults.unsupported(name, reason);
        };
    }

    /** One of several known texts, for messages. */
    static String names(List<String> names) {
        return String.join(", ", names);
    }
}
