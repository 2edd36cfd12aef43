package io.twinbatch.app.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the option or the command that a user probably meant, by the similarity that picocli computes. */
public final class NearMatch {
    private static final String NEGATION = "--no-";

    private NearMatch() {}

    /** The option of a command whose name resembles another name most. */
    static Optional<String> option(CommandLine command, String name) {
        return sameLetters(command, name).or(() -> negated(command, name)).or(() -> first(command, name));
    }

    /** One that only has its dashes in other places. */
    private static Optional<String> sameLetters(CommandLine command, String name) {
        return Stream.concat(
                        command.getCommandSpec().optionsMap().keySet().stream(),
                        command.getCommandSpec().negatedOptionsMap().keySet().stream())
                .filter(option ->
                        option.startsWith("--") && option.replace("-", "").equals(name.replace("-", "")))
                .findFirst();
    }

    /** Picocli compares with the positive names only. */
    private static Optional<String> negated(CommandLine command, String name) {
        if (!name.startsWith(NEGATION)) {
            return Optional.empty();
        }
        Map<String, ?> negatable = command.getCommandSpec().negatedOptionsMap();
        return first(command, "--" + name.substring(NEGATION.length()))
                .map(match -> match.replaceFirst("--", NEGATION))
                .filter(negatable::containsKey);
    }

    /** The command whose name resembles a word most. */
    public static Optional<String> command(Collection<String> names, String word) {
        CommandLine parent = new CommandLine(CommandSpec.create());
        names.forEach(name -> parent.addSubcommand(name, CommandSpec.create()));
        String lower = word.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> name.startsWith(lower))
                .findFirst()
                // Without the first letter in common it is rather the name of a file.
                .or(() -> first(parent, word).filter(near -> near.charAt(0) == lower.charAt(0)));
    }

    /** Of several that resemble it, the one whose length differs least. */
    private static Optional<String> first(CommandLine command, String word) {
        return new UnmatchedArgumentException(command, List.of(word))
                .getSuggestions().stream()
                        .min(Comparator.comparingInt(match -> Math.abs(match.length() - word.length())));
    }
}
