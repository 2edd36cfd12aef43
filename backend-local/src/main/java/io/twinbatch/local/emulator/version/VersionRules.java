package io.twinbatch.local.emulator.version;

import io.twinbatch.local.emulator.http.ApiVersion;
import io.twinbatch.local.emulator.operation.Routes.Endpoint;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the table says about one version. */
final class VersionRules {
    private static final Map<ApiVersion, VersionRules> ALL = Arrays.stream(ApiVersion.values())
            .collect(Collectors.toMap(
                    Function.identity(), VersionRules::new, (a, b) -> a, () -> new EnumMap<>(ApiVersion.class)));

    private final ApiVersion version;

    /** What this version does not know, by name. */
    private final Map<String, List<PropertyPath>> unknown;

    private final List<VersionTable.Move> moves;
    private final List<String> unwrapped;
    private final List<VersionTable.Value> refusedValues;

    /** What a request must name to be another one in this version than in the shape that everything behind knows. */
    private final Set<String> ownNames;

    private VersionRules(ApiVersion version) {
        this.version = version;
        unknown = VersionTable.PROPERTIES.stream()
                .filter(property -> !property.lifespan().includes(version))
                .map(VersionTable.Property::path)
                .collect(Collectors.groupingBy(PropertyPath::name));
        moves = VersionTable.MOVES.stream()
                .filter(move -> version.isBefore(move.since()))
                .toList();
        unwrapped = VersionTable.WRAPPINGS.stream()
                .filter(wrapping -> version.isBefore(wrapping.since()))
                .map(VersionTable.Wrapping::name)
                .toList();
        refusedValues = VersionTable.VALUES.stream()
                .filter(value -> !value.lifespan().includes(version))
                .toList();
        ownNames = Stream.of(
                        unknown.keySet().stream(),
                        moves.stream()
                                .flatMap(move ->
                                        Stream.of(move.oldName(), move.path().name())),
                        refusedValues.stream().map(VersionTable.Value::property))
                .flatMap(Function.identity())
                .collect(Collectors.toUnmodifiableSet());
    }

    static VersionRules of(ApiVersion version) {
        return ALL.get(version);
    }

    boolean knows(PropertyPath place) {
        return unknown.getOrDefault(place.name(), List.of()).stream().noneMatch(place::endsWith);
    }

    /** Whether a property of that name is known in a place; most names are known in every place. */
    boolean knows(PropertyPath place, String name) {
        return !unknown.containsKey(name) || knows(place.child(name));
    }

    boolean knows(Endpoint endpoint) {
        return VersionTable.OPERATIONS.stream()
                .filter(operation -> operation.endpoint().equals(endpoint))
                .allMatch(operation -> operation.lifespan().includes(version));
    }

    /** Moves that this version has not seen. */
    List<VersionTable.Move> moves() {
        return moves;
    }

    /** Objects whose properties stand in their place. */
    List<String> unwrapped() {
        return unwrapped;
    }

    /** Whether an operation takes another body than in other versions. */
    boolean restricts(Endpoint endpoint) {
        return need(endpoint).isPresent()
                || VersionTable.ARGUMENTS.stream()
                        .anyMatch(
                                argument -> argument.endpoint().equals(endpoint) && version.isBefore(argument.since()));
    }

    /** Whether an operation takes a property of its body. */
    boolean takes(Endpoint endpoint, String name) {
        return VersionTable.ARGUMENTS.stream()
                .filter(argument ->
                        argument.endpoint().equals(endpoint) && argument.name().equals(name))
                .noneMatch(argument -> version.isBefore(argument.since()));
    }

    /** A property that the body of an operation has to have and that newer versions do not know. */
    Optional<String> need(Endpoint endpoint) {
        return VersionTable.NEEDS.stream()
                .filter(need -> need.endpoint().equals(endpoint) && version.isBefore(need.until()))
                .map(VersionTable.Need::name)
                .findFirst();
    }

    boolean takesValue(String property, String value) {
        return refusedValues.stream()
                .noneMatch(refused ->
                        refused.property().equals(property) && refused.word().equalsIgnoreCase(value));
    }

    /** Whether a text may name something that this version names or knows in another way. */
    boolean concerns(String body) {
        return ownNames.stream().anyMatch(body::contains);
    }
}
