package io.twinbatch.local.emulator.query;

import io.twinbatch.api.error.QuotedValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The words that properties of a list are limited to, such as states.
 *
 * @param byProperty the words of each property that has such a limit
 */
public record FilterWords(Map<String, List<String>> byProperty) {
    /** No property has a limit. */
    public static final FilterWords ANY = new FilterWords(Map.of());

    private static final String RESULTS = "success failure";

    public FilterWords {
        byProperty = Map.copyOf(byProperty);
    }

    /** Those of a list, by the name that the service has for it. */
    public static FilterWords of(String collection) {
        return switch (collection) {
            case "pools" -> of("state", "active deleting", "allocationState", "steady resizing stopping");
            case "jobs" -> of("state", "active disabling disabled enabling terminating completed deleting");
            case "jobschedules" -> of("state", "active completed disabled terminating deleting");
            case "tasks" -> of("state", "active preparing running completed", "executionInfo/result", RESULTS);
            case "nodes" ->
                new FilterWords(Map.of(
                        "state",
                        words("idle rebooting reimaging running unusable creating starting waitingforstarttask"
                                + " starttaskfailed unknown leavingpool offline preempted upgradingos deallocated"
                                + " deallocating"),
                        "schedulingState",
                        words("enabled disabled"),
                        "startTaskInfo/state",
                        words("running completed"),
                        "startTaskInfo/result",
                        words(RESULTS)));
            case "supportedimages" -> of("osType", "linux windows", "verificationType", "verified unverified");
            default -> ANY;
        };
    }

    private static FilterWords of(String property, String words) {
        return new FilterWords(Map.of(property, words(words)));
    }

    private static FilterWords of(String first, String firstWords, String second, String secondWords) {
        return new FilterWords(Map.of(first, words(firstWords), second, words(secondWords)));
    }

    private static List<String> words(String words) {
        return Arrays.asList(words.split(" "));
    }

    /** Refuses a word that a property can never have. */
    void require(String property, String word) {
        List<String> known = byProperty.getOrDefault(property, List.of());
        if (!known.isEmpty() && known.stream().noneMatch(word::equalsIgnoreCase)) {
            throw new FilterSyntaxException("'" + QuotedValue.of(word) + "' is no value of '" + property
                    + "'; there are " + String.join(", ", known) + ".");
        }
    }
}
