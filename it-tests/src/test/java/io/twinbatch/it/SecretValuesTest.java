package io.twinbatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.app.Main;
import io.twinbatch.azure.AzureConfig;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.task.cli.NodeTask;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A value that holds a secret ends up in messages and logs by its text, which must not have the secret. */
class SecretValuesTest {
    /** Base64, so that values which are checked as keys can be made of it. */
    private static final String SECRET = "aHVzaGh1c2g=";

    /** Names of fields that hold keys, tokens, passwords, signed URLs, connection strings, and what carries such. */
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)key|sas.*|.*(accountKey|accessKey|password|secret"
            + "|credential|httpUrl|containerUrl|signedUrl|connectionString|signature|authorization|query|environment"
            + "|headers|parameters|form|exports)s?|(.*[a-z]T|t)oken|value");

    /** Their fields of such a name are identifiers, or are there to be shown, masked beforehand. */
    private static final Set<String> WITHOUT_SECRETS = Set.of(
            "ContainerName",
            "ErrorDetail",
            "ErrorMessage",
            "Item",
            "JobDocument",
            "JobId",
            "NodeId",
            "NodeTaskText",
            "PoolId",
            "Reply",
            "RunId",
            "RunOwner",
            "StartTaskText",
            "TaskDocument",
            "Text",
            "Tile");

    /** One class of each module; the others lie beside it. */
    private static final List<Class<?>> MODULES =
            List.of(BatchException.class, AzureConfig.class, LocalConfig.class, Main.class, NodeTask.class);

    private static final int MAX_DEPTH = 5;

    private static final Map<Class<?>, Object> PLAIN = Map.ofEntries(
            Map.entry(int.class, 1),
            Map.entry(Integer.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(Long.class, 1L),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(double.class, 1.0),
            Map.entry(OptionalInt.class, OptionalInt.empty()),
            Map.entry(OptionalLong.class, OptionalLong.empty()),
            Map.entry(byte[].class, new byte[0]),
            Map.entry(KeyStore.class, keyStore()),
            Map.entry(Path.class, Path.of("folder")),
            Map.entry(Duration.class, Duration.ofHours(1)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(CommandLine.class, CommandLine.shell("true")));

    @Test
    void noTextShowsASecret() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        int checked = 0;
        for (Class<?> type : valuesWithSecrets()) {
            try {
                String text = String.valueOf(sample(type, 0));
                checked++;
                if (text.contains(SECRET)) {
                    shown.put(type.getName(), text);
                }
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                shown.put(type.getName(), "cannot be made: " + e + " " + e.getCause());
            }
        }
        assertThat(shown).isEmpty();
        assertThat(checked).isGreaterThan(10);
    }

    private static KeyStore keyStore() {
        try {
            return KeyStore.getInstance(KeyStore.getDefaultType());
        } catch (KeyStoreException e) {
            throw new AssertionError("this Java has no key stores", e);
        }
    }

    private static List<Class<?>> valuesWithSecrets() throws IOException {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> module : MODULES) {
            types.addAll(classesBeside(module));
        }
        assertThat(types).hasSizeGreaterThan(500);
        return types.stream()
                .filter(type -> type.isRecord() || declaresText(type))
                .filter(type -> !Modifier.isAbstract(type.getModifiers()) && !type.isEnum())
                .filter(type -> fields(type).anyMatch(SecretValuesTest::isSecret))
                .filter(type -> !WITHOUT_SECRETS.contains(type.getSimpleName()))
                .toList();
    }

    private static List<Class<?>> classesBeside(Class<?> module) throws IOException {
        URI place = URI.create(
                module.getProtectionDomain().getCodeSource().getLocation().toString());
        Path path = Path.of(place);
        if (Files.isDirectory(path)) {
            return classesBelow(path);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            return classesBelow(jar.getPath("/"));
        }
    }

    private static List<Class<?>> classesBelow(Path root) throws IOException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve("io/twinbatch"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                if (!name.endsWith("-info")) {
                    types.add(load(name));
                }
            }
        }
        return types;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SecretValuesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " cannot be loaded", e);
        }
    }

    private static boolean declaresText(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("toString") && method.getParameterCount() == 0);
    }

    private static Stream<Field> fields(Class<?> type) {
        return Stream.of(type.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static boolean isSecret(Field field) {
        return SECRET_NAME.matcher(field.getName()).matches() && carriesText(field.getGenericType());
    }

    private static boolean carriesText(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(SecretValuesTest::carriesText);
        }
        return type == String.class || type == URI.class || type == char[].class || type == byte[].class;
    }

    private static Object sample(Class<?> type, int depth) throws ReflectiveOperationException {
        Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                .max((one, other) -> Integer.compare(one.getParameterCount(), other.getParameterCount()))
                .orElseThrow();
        constructor.setAccessible(true);
        List<Object> values = new ArrayList<>();
        Parameter[] parameters = constructor.getParameters();
        for (int index = 0; index < parameters.length; index++) {
            String name = type.isRecord() ? type.getRecordComponents()[index].getName() : "value";
            boolean secret = !WITHOUT_SECRETS.contains(type.getSimpleName())
                    && SECRET_NAME.matcher(name).matches();
            values.add(value(parameters[index].getParameterizedType(), secret, depth + 1));
        }
        return constructor.newInstance(values.toArray());
    }

    private static Object value(Type type, boolean secret, int depth) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return container(generic, secret, depth);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return secret ? SECRET : "sample1";
        }
        if (raw == URI.class) {
            return URI.create("https://account.example/container" + (secret ? "?sig=" + SECRET : ""));
        }
        if (PLAIN.containsKey(raw)) {
            return PLAIN.get(raw);
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        return raw.isRecord() && depth < MAX_DEPTH ? sample(raw, depth) : null;
    }

    private static Object container(ParameterizedType generic, boolean secret, int depth)
            throws ReflectiveOperationException {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        if (raw == Optional.class) {
            return Optional.ofNullable(value(arguments[0], secret, depth));
        }
        if (Map.class.isAssignableFrom(raw)) {
            Object value = value(arguments[1], secret, depth);
            return value == null || arguments[0] != String.class ? Map.of() : Map.of("NAME", value);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            Object value = value(arguments[0], secret, depth);
            // Other than a single one of its kind: a task must not depend on itself.
            List<Object> one = value == null ? List.of() : List.of("sample1".equals(value) ? "sample2" : value);
            return raw == List.class ? one : raw == Set.class ? Set.copyOf(one) : new TreeSet<>(one);
        }
        return null;
    }
}
