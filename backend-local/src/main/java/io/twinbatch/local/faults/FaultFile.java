package io.twinbatch.local.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.json.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Reads a file of rules:
 *
 * <pre>
 * {"seed": 7, "faults": [
 *   {"fault": "throttle", "operation": "POST /jobs", "retryAfterSeconds": 1, "times": 3},
 *   {"fault": "startTaskFailure", "pool": "run-*", "exitCode": 1, "times": 1}
 * ]}
 * </pre>
 */
final class FaultFile {
    private static final Set<String> EVERYWHERE = Set.of("fault", "after", "times", "probability");
    private static final Set<String> NAMES = Set.of("operation", "pool", "node", "job", "task");
    private static final List<String> NUMBERS = List.of("status", "exitCode", "granted");
    private static final List<String> TIMES = List.of("delaySeconds", "retryAfterSeconds");
    private static final double MAX_SECONDS = 3600;

    private final Path file;

    private FaultFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the rules of a file, in their order.
     *
     * @throws BatchException {@code INVALID} when it cannot be read or is not such a file; the message says what is wrong
     */
    static List<FaultRule> read(Path path) {
        FaultFile file = new FaultFile(path);
        try {
            return file.rules(new ObjectMapper().readTree(Files.readString(path)));
        } catch (JsonProcessingException e) {
            throw file.invalid("it is no JSON: " + JsonProblem.describe(e), e);
        } catch (NoSuchFileException e) {
            throw file.invalid("there is no such file", e);
        } catch (IOException e) {
            throw file.invalid("it cannot be read: " + FailureReason.of(e), e);
        }
    }

    private List<FaultRule> rules(JsonNode document) {
        requireKnown("the file", document, Set.of("seed", "faults"));
        if (!document.path("faults").isArray()) {
            throw invalid("it has no list 'faults'", null);
        }
        SplittableRandom seeds = new SplittableRandom(document.path("seed").asLong(0));
        List<FaultRule> rules = new ArrayList<>();
        for (JsonNode rule : document.path("faults")) {
            // Each rule has its own numbers, so that how often one is asked does not change what another one does.
            rules.add(rule("rule " + (rules.size() + 1), rule, seeds.split()));
        }
        return List.copyOf(rules);
    }

    private FaultRule rule(String where, JsonNode rule, SplittableRandom random) {
        FaultKind kind = FaultKind.of(rule.path("fault").asText(""))
                .orElseThrow(() ->
                        invalid(where + " has no 'fault' that is known, such as " + FaultKind.THROTTLE.label(), null));
        Set<String> known = new HashSet<>(EVERYWHERE);
        known.addAll(kind.properties());
        requireKnown(where + " (" + kind.label() + ")", rule, known);
        FaultRule.Schedule schedule = new FaultRule.Schedule(
                (long) number(where, rule, "after", 0, Integer.MAX_VALUE)
                        .orElse(0.0)
                        .doubleValue(),
                (long) number(where, rule, "times", 1, Integer.MAX_VALUE)
                        .orElse((double) Integer.MAX_VALUE)
                        .doubleValue(),
                number(where, rule, "probability", 0, 1).orElse(1.0));
        return new FaultRule(kind, patterns(where, rule), details(where, rule), schedule, random);
    }

    private FaultRule.Details details(String where, JsonNode rule) {
        Optional<Integer> number = NUMBERS.stream()
                .flatMap(name -> number(where, rule, name, 0, Integer.MAX_VALUE).stream())
                .map(Double::intValue)
                .findFirst();
        Optional<Double> seconds = TIMES.stream()
                .flatMap(name -> number(where, rule, name, 0, MAX_SECONDS).stream())
                .findFirst();
        Optional<Integer> status = Optional.ofNullable(rule.get("status")).map(JsonNode::intValue);
        if (status.isPresent() && (status.get() < 400 || status.get() > 599)) {
            throw invalid(where + ": 'status' is from 400 to 599", null);
        }
        return new FaultRule.Details(text(where, rule, "code"), text(where, rule, "message"), number, seconds);
    }

    private Map<String, Pattern> patterns(String where, JsonNode rule) {
        Map<String, Pattern> patterns = new HashMap<>();
        for (String name : NAMES) {
            text(where, rule, name).ifPresent(glob -> patterns.put(name, pattern(glob)));
        }
        return patterns;
    }

    /** A star stands for anything within a part of a path. */
    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : "[^/]*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    private Optional<Double> number(String where, JsonNode rule, String name, double least, double most) {
        JsonNode value = rule.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            throw invalid(
                    where + ": '" + QuotedValue.of(name) + "' has to be a number from " + least + " to " + most, null);
        }
        return Optional.of(value.doubleValue());
    }

    private Optional<String> text(String where, JsonNode rule, String name) {
        JsonNode value = rule.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw invalid(where + ": '" + QuotedValue.of(name) + "' has to be a text", null);
        }
        return Optional.of(value.textValue());
    }

    private void requireKnown(String where, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw invalid(where + " is no JSON object", null);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw invalid(where + " cannot have '" + QuotedValue.of(name) + "'", null);
            }
        }
    }

    private BatchException invalid(String what, Exception cause) {
        return new BatchException(ErrorCode.INVALID, "fault file " + file, what, cause);
    }
}
