package io.twinbatch.local.emulator.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The service's {@code $filter}: {@code eq ne gt ge lt le}, {@code and}, {@code or}, {@code not}, parentheses, and {@code
 * startswith(property,'x')}. Literals are text in single quotes (a quote within is written twice), {@code DateTime'…'} in
 * ISO 8601 or RFC 1123, numbers, {@code true}, {@code false} and {@code null}.
 *
 * <p>The names of properties are case-sensitive, their values are not. A property that an item does not have is
 * equal to {@code null} and different from everything else; it is neither less nor greater than anything.
 */
public final class Filter {
    private static final String PARAMETER = "$filter";
    private static final int MAX_CHARACTERS = 8192;

    private Filter() {}

    /**
     * Understands a filter.
     *
     * @param properties the properties that may be asked about; those of a part are written {@code part/property}
     * @param words the words that some of them are limited to
     * @return whether an item is wanted
     * @throws ServiceFault 400 when it is no filter, is too long or too deep, or asks about another property
     */
    public static Predicate<JsonNode> parse(String text, Set<String> properties, FilterWords words) {
        if (text.length() > MAX_CHARACTERS) {
            throw ServiceFault.invalidQuery(
                    PARAMETER, text, "The filter is longer than " + MAX_CHARACTERS + " characters.");
        }
        try {
            return new FilterParser(FilterLexer.tokens(text), properties, words).parse();
        } catch (FilterSyntaxException e) {
            throw ServiceFault.invalidQuery(PARAMETER, text, e.getMessage());
        }
    }
}
