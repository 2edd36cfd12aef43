package io.twinbatch.app.option;

import io.twinbatch.api.Identifiers;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.config.Durations;
import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.Backend;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.TaskUserMode;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of options are read; what is wrong with a value is said in a few words. */
final class Converters {
    private Converters() {}

    /** What is read from a value, with what is wrong with it as picocli expects it. */
    private static <T> T converted(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** The name of a backend. */
    static final class ToBackend implements ITypeConverter<Backend> {
        @Override
        public Backend convert(String text) {
            for (Backend backend : Backend.values()) {
                if (backend.toString().equalsIgnoreCase(text.strip())) {
                    return backend;
                }
            }
            throw new TypeConversionException("local or azure, not '" + QuotedValue.of(text) + "'");
        }
    }

    /** A length of time. */
    static final class ToDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return converted(() -> Durations.parse(text));
        }
    }

    /** How long the emulator's states between two others last. */
    static final class ToTransitionTime implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return converted(() -> Durations.parseUpTo(LocalConfig.MAX_TRANSITION_TIME, text));
        }
    }

    /** When tasks have users of their own. */
    static final class ToTaskUsers implements ITypeConverter<TaskUserMode> {
        @Override
        public TaskUserMode convert(String text) {
            return Arrays.stream(TaskUserMode.values())
                    .filter(mode -> mode.name().equalsIgnoreCase(text.strip()))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("auto, on or off, not '" + QuotedValue.of(text) + "'"));
        }
    }

    /** A number of files, or {@code auto}. */
    static final class ToGrouping implements ITypeConverter<InputGrouping> {
        @Override
        public InputGrouping convert(String text) {
            if (text.strip().equalsIgnoreCase("auto")) {
                return new InputGrouping.Auto();
            }
            try {
                return new InputGrouping.Fixed(new WholeNumber.Positive().convert(text));
            } catch (TypeConversionException e) {
                throw new TypeConversionException("auto, or " + e.getMessage());
            }
        }
    }

    /** A name of the provider's, such as the size of a node. */
    static final class ToName implements ITypeConverter<String> {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

        @Override
        public String convert(String text) {
            if (!NAME.matcher(text.strip()).matches()) {
                throw new TypeConversionException("a name such as standard_d2s_v5, not '" + QuotedValue.of(text) + "'");
            }
            return text.strip();
        }
    }

    /** The image of a node. */
    static final class ToVmImage implements ITypeConverter<VmImage> {
        private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

        @Override
        public VmImage convert(String text) {
            String[] parts = text.strip().split(":", -1);
            if (parts.length != 3
                    || !Stream.of(parts).allMatch(part -> PART.matcher(part).matches())) {
                throw new TypeConversionException("publisher, offer and sku, such as " + VmImage.UBUNTU_LTS + ", not '"
                        + QuotedValue.of(text) + "'");
            }
            return new VmImage(parts[0], parts[1], parts[2]);
        }
    }

    /** A container image, or what that option has meant before. */
    static final class ToImage implements ITypeConverter<ImageOption> {
        @Override
        public ImageOption convert(String text) {
            String name = text.strip();
            boolean ofNode = name.indexOf('/') < 0 && name.indexOf('@') < 0 && name.split(":", -1).length == 3;
            try {
                return ofNode
                        ? ImageOption.of(new ToVmImage().convert(name))
                        : ImageOption.of(new ContainerImage(name));
            } catch (BatchException e) {
                throw new TypeConversionException("the name of a container image, such as busybox:1.36 or"
                        + " registry.example.com/tools/convert:2.1, not '" + QuotedValue.of(text) + "'");
            }
        }
    }

    /** The identifier of a run. */
    static final class ToRunId implements ITypeConverter<RunId> {
        @Override
        public RunId convert(String text) {
            try {
                return new RunId(text.strip());
            } catch (BatchException e) {
                throw new TypeConversionException(
                        "the id of a run, such as 20261122-175901-k3f9, not '" + QuotedValue.of(text) + "'");
            }
        }
    }

    /** The identifier of a pool or a job. */
    static final class ToIdentifier implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                return Identifiers.requireLegal("resource", text);
            } catch (BatchException e) {
                throw new TypeConversionException(
                        "1 to 64 letters, digits, dashes and underscores, not '" + QuotedValue.of(text) + "'");
            }
        }
    }

    /** Where Azurite comes from. */
    static final class ToAzurite implements ITypeConverter<AzuriteChoice> {
        @Override
        public AzuriteChoice convert(String text) {
            return converted(() -> AzuriteChoice.parse(text));
        }
    }

    /** A price; 0 or more. */
    static final class ToPrice implements ITypeConverter<BigDecimal> {
        private static final Pattern PRICE = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

        @Override
        public BigDecimal convert(String text) {
            if (!PRICE.matcher(text.strip()).matches()) {
                throw new TypeConversionException("a number such as 0.096, not '" + QuotedValue.of(text) + "'");
            }
            return new BigDecimal(text.strip());
        }
    }

    /** An address of this machine to listen on. */
    static final class ToListenAddress implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            String address = text.strip();
            try {
                if (!address.isEmpty() && isOfThisMachine(InetAddress.getByName(address))) {
                    return address;
                }
            } catch (UnknownHostException | SocketException e) {
                // Falls through to the one message for everything that is not such an address.
            }
            throw new TypeConversionException(
                    "an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them," + " not '"
                            + QuotedValue.of(text) + "'");
        }

        private static boolean isOfThisMachine(InetAddress address) throws SocketException {
            return !address.isMulticastAddress()
                    && (address.isAnyLocalAddress()
                            || address.isLoopbackAddress()
                            || NetworkInterface.getByInetAddress(address) != null);
        }
    }

    /** The name or address by which clients reach a host. */
    static final class ToHostName implements ITypeConverter<String> {
        private static final Pattern HOST =
                Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[?[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{0,40}:[0-9A-Fa-f:.]{0,40}]?");

        @Override
        public String convert(String text) {
            if (!HOST.matcher(text.strip()).matches()) {
                throw new TypeConversionException(
                        "the name or address of a host, without a port, not '" + QuotedValue.of(text) + "'");
            }
            return text.strip();
        }
    }

    /** A path that is not empty. */
    static final class ToPath implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("the path is empty");
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException("the path cannot be represented in the character set of this locale;"
                        + " set LC_ALL=C.UTF-8, or another UTF-8 locale");
            }
        }
    }
}
