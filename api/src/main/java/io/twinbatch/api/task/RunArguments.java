package io.twinbatch.api.task;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads arguments of {@code docker run} as the options of a container: what {@link ContainerOptions#runArguments} writes. */
public final class RunArguments {
    private static final String HONOURED = "containers are run with --rm, --entrypoint=, --memory, --cpus, --shm-size,"
            + " --network=none and --read-only";
    private static final Pattern BYTES = Pattern.compile("(?<number>[0-9]{1,15})(?<unit>[bkmg]?)b?");
    private static final Pattern CPUS = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");

    private RunArguments() {}

    /**
     * The options that a text of arguments asks for. Without {@code --entrypoint=} the entry point of the image counts.
     *
     * @throws BatchException {@code INVALID} for an argument that no option stands for, or a value that it cannot have
     */
    public static ContainerOptions parse(String text) {
        ContainerOptions options = ContainerOptions.DEFAULT.withEntryPoint();
        List<String> words = List.of(text.strip().split("\\s+"));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            boolean takesNext = equals < 0 && takesValue(name) && i + 1 < words.size();
            String value = equals >= 0 ? word.substring(equals + 1) : takesNext ? words.get(++i) : "";
            if (!word.isEmpty()) {
                options = with(options, name, value);
            }
        }
        return options;
    }

    private static boolean takesValue(String name) {
        return switch (name) {
            case "--memory", "-m", "--memory-swap", "--cpus", "--shm-size", "--network", "--net", "--entrypoint" ->
                true;
            default -> false;
        };
    }

    private static ContainerOptions with(ContainerOptions options, String name, String value) {
        return switch (name) {
            // Containers are removed and the limit on memory includes swap, whether that is asked for or not.
            case "--rm", "--memory-swap" -> options;
            case "--memory", "-m" -> options.withMemory(bytes(value));
            case "--shm-size" -> options.withSharedMemory(bytes(value));
            case "--cpus" -> options.withMilliCores(milliCores(value));
            case "--read-only" -> options.withReadOnlyImage();
            case "--network", "--net" -> network(options, value);
            case "--entrypoint" -> withoutEntryPoint(options, value);
            default -> throw invalid(name, HONOURED);
        };
    }

    private static ContainerOptions network(ContainerOptions options, String value) {
        return switch (value) {
            case "none" -> options.withoutNetwork();
            case "bridge", "default" -> options;
            default -> throw invalid("--network=" + value, HONOURED);
        };
    }

    private static ContainerOptions withoutEntryPoint(ContainerOptions options, String value) {
        if (!value.isEmpty() && !value.equals("\"\"")) {
            throw invalid("--entrypoint=" + value, HONOURED);
        }
        return options.withoutEntryPoint();
    }

    private static long bytes(String value) {
        Matcher parts = BYTES.matcher(value.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw invalid(value, "it is no number of bytes, such as 64m");
        }
        int shift = switch (parts.group("unit")) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Long.parseLong(parts.group("number")) << shift;
    }

    private static int milliCores(String value) {
        if (!CPUS.matcher(value).matches()) {
            throw invalid(value, "it is no number of processors, such as 1.5");
        }
        return new BigDecimal(value).movePointRight(3).intValueExact();
    }

    private static BatchException invalid(String argument, String reason) {
        return new BatchException(
                ErrorCode.INVALID, "run options of a container", QuotedValue.of(argument) + ": " + reason);
    }
}
