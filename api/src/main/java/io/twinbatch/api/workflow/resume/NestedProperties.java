package io.twinbatch.api.workflow.resume;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Values under keys of several parts, such as {@code tasks.17.id}, kept as {@link Properties}. */
public final class NestedProperties {
    private static final String COUNT = "count";

    private final Properties properties;
    private final String prefix;

    private NestedProperties(Properties properties, String prefix) {
        this.properties = properties;
        this.prefix = prefix;
    }

    /** An empty tree. */
    public NestedProperties() {
        this(new Properties(), "");
    }

    /** Throws {@link IllegalArgumentException} for a text that is not in the format. */
    public static NestedProperties of(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NestedProperties(properties, "");
    }

    /** The tree in the format of {@link Properties}, which is plain ASCII. */
    public String text() {
        // Written to a stream, unlike to a writer, it is plain ASCII.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            properties.store(bytes, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** The part of the tree under a key. */
    public NestedProperties at(String key) {
        return new NestedProperties(properties, prefix + key + ".");
    }

    /** Puts a value under a key. */
    public void put(String key, String value) {
        properties.setProperty(prefix + key, value);
    }

    /** Puts a value under a key when there is one. */
    public void put(String key, Optional<String> value) {
        value.ifPresent(present -> put(key, present));
    }

    /** Puts a map under a key. */
    public void put(String key, Map<String, String> values) {
        putAll(key, List.copyOf(values.entrySet()), (entry, value) -> {
            entry.put("key", value.getKey());
            entry.put("value", value.getValue());
        });
    }

    /** Puts a list under a key. */
    public <T> void putAll(String key, List<T> values, BiConsumer<NestedProperties, T> writer) {
        NestedProperties list = at(key);
        list.put(COUNT, Integer.toString(values.size()));
        for (int i = 0; i < values.size(); i++) {
            writer.accept(list.at(Integer.toString(i)), values.get(i));
        }
    }

    /** The value under a key. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(properties.getProperty(prefix + key));
    }

    /** Throws {@link IllegalArgumentException} when there is no such value; so do all that follow. */
    public String get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(prefix + key + " is missing"));
    }

    /** The whole number under a key. */
    public int number(String key) {
        return Integer.parseInt(get(key));
    }

    /** The truth value under a key. */
    public boolean isTrue(String key) {
        return Boolean.parseBoolean(get(key));
    }

    /** Whether there is an identified thing under a key. */
    public boolean has(String key) {
        return at(key).find("id").isPresent();
    }

    /** The map under a key. */
    public Map<String, String> map(String key) {
        Map<String, String> map = new HashMap<>();
        all(key, Function.identity()).forEach(entry -> map.put(entry.get("key"), entry.get("value")));
        return map;
    }

    /** The list under a key. */
    public <T> List<T> all(String key, Function<NestedProperties, T> reader) {
        NestedProperties list = at(key);
        int count = list.number(COUNT);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(reader.apply(list.at(Integer.toString(i))));
        }
        return values;
    }
}
