package io.twinbatch.app.config;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of defaults: Java properties in UTF-8, the keys being the long names of options without the dashes.
 *
 * @param path where it was read from
 * @param values its keys and values
 */
public record ConfigFile(Path path, Map<String, String> values) {
    public ConfigFile {
        values = Map.copyOf(values);
    }

    /** Without the values: there may be keys of accounts among them. */
    @Override
    public String toString() {
        return "configuration file " + path;
    }

    /**
     * The file that a user means: the one that is named, which has to be there, or else the one in its usual place.
     *
     * @throws UsageException as the methods below
     */
    public static Optional<ConfigFile> find(Optional<Path> named, UserFolders folders) {
        Path usual = folders.config().resolve("config.properties");
        return named.map(ConfigFile::read).or(() -> readIfThere(usual, folders.describe(usual)));
    }

    /**
     * Reads a file that has to be there.
     *
     * @throws UsageException when it cannot be read, or a line of it is not understood
     */
    public static ConfigFile read(Path path) {
        return readIfThere(path, path.toString())
                .orElseThrow(() -> new UsageException("configuration file " + path + ": no such file"));
    }

    private static Optional<ConfigFile> readIfThere(Path path, String description) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new UsageException("configuration file " + description + ": it is not text in UTF-8", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "configuration file " + description + " cannot be read: " + FailureReason.of(e), e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return Optional.of(new ConfigFile(path, values));
    }

    /**
     * Makes sure that every key is known.
     *
     * @throws UsageException naming the first key that is not
     */
    public void requireKeys(Set<String> known) {
        for (String key : new TreeMap<>(values).keySet()) {
            if (!known.contains(key)) {
                throw new UsageException(
                        "configuration file " + path + ": there is no option '" + QuotedValue.of(key) + "'");
            }
        }
    }
}
