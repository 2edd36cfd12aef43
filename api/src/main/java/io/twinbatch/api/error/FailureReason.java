package io.twinbatch.api.error;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why reading, writing, a connection or a program failed, in plain words without names of classes. Messages of the JDK
 * are no sentences: many are a path alone, some are missing, and the kind of failure is in the name of the class.
 */
public final class FailureReason {
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z]\\w*:?\\s*|\\b[A-Z]\\w*(?:Exception|Error)\\b:?\\s*");

    private static final Pattern SYSTEM_ERROR = Pattern.compile(".*\\berror=\\d+, (.*)");

    private static final int MAX_WORDS = 400;

    private static final String NO_ROOM = "no space left on the disk";

    private FailureReason() {}

    /** The reason, of which the caller says to which file or address it happened. */
    public static String of(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .or(() -> causes(failure).flatMap(cause -> said(cause).stream()).findFirst())
                .orElse(failure instanceof IOException ? "the operating system gives no reason" : "no reason is known");
    }

    /** Whether a disk is full. */
    public static boolean isNoRoom(Throwable failure) {
        return of(failure).equals(NO_ROOM);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(failure, cause -> cause != null && seen.add(cause), Throwable::getCause);
    }

    private static Optional<String> known(Throwable cause) {
        return ofMemory(cause).or(() -> ofFile(cause)).or(() -> ofConnection(cause));
    }

    /** Whether Java has no memory left; it throws the same when the system has no room for a thread. */
    public static boolean isNoMemory(Throwable failure) {
        return failure instanceof OutOfMemoryError
                && !String.valueOf(failure.getMessage()).contains("native thread");
    }

    private static Optional<String> ofMemory(Throwable cause) {
        return isNoMemory(cause) ? Optional.of("Java has no memory left; give it more (-Xmx)") : Optional.empty();
    }

    private static Optional<String> ofFile(Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return Optional.of("no such file or folder");
        }
        if (cause instanceof FileAlreadyExistsException) {
            return Optional.of("a file or a folder of this name exists");
        }
        if (cause instanceof NotDirectoryException) {
            return Optional.of("not a folder");
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return Optional.of("it is a folder that is not empty");
        }
        if (cause instanceof AccessDeniedException) {
            return Optional.of("permission denied");
        }
        if (cause instanceof FileSystemLoopException) {
            return Optional.of("its links form a loop");
        }
        if (cause instanceof ReadOnlyFileSystemException) {
            return Optional.of("the file system is read-only");
        }
        if (cause instanceof InvalidPathException) {
            return Optional.of("a path has a character that this machine does not allow in paths");
        }
        if (cause instanceof CharacterCodingException) {
            return Optional.of("it is not text in UTF-8");
        }
        if (cause instanceof FileNotFoundException
                && String.valueOf(cause.getMessage()).endsWith(" not found")) {
            return Optional.of("no such file or folder");
        }
        if (cause instanceof FileSystemException named) {
            return Optional.ofNullable(named.getReason()).map(FailureReason::ofSystem);
        }
        return Optional.empty();
    }

    private static Optional<String> ofConnection(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return Optional.of("the host name cannot be resolved");
        }
        if (cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException) {
            return Optional.of("no answer in time");
        }
        if (cause instanceof NoRouteToHostException) {
            return Optional.of("there is no route to the host");
        }
        if (cause instanceof BindException) {
            return Optional.of("the address is in use, or is not an address of this machine");
        }
        if (cause instanceof ConnectException) {
            // The JDK's HTTP client wraps an address that cannot be resolved in one.
            return causes(cause).anyMatch(UnresolvedAddressException.class::isInstance)
                    ? Optional.of("the host name cannot be resolved")
                    : Optional.of("the connection was refused; no program listens there");
        }
        if (cause instanceof SSLException) {
            return Optional.of("the TLS handshake failed"
                    + said(cause).map(words -> " (" + words + ")").orElse(""));
        }
        if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
            return Optional.of("it ended before all bytes arrived");
        }
        return cause instanceof InterruptedIOException ? Optional.of("it was interrupted") : Optional.empty();
    }

    private static Optional<String> said(Throwable cause) {
        String message = cause.getMessage();
        if (cause instanceof FileNotFoundException && message != null && message.endsWith(")")) {
            message = message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
        }
        // A wrapper without a message of its own repeats its cause.
        return Optional.ofNullable(message)
                .filter(words -> cause.getCause() == null
                        || !words.equals(cause.getCause().toString()))
                .map(FailureReason::ofSystem)
                .map(words -> CLASS_NAME.matcher(words).replaceAll("").strip())
                .filter(words -> !words.isEmpty());
    }

    /** The words of the operating system, those that users meet most in better ones. */
    private static String ofSystem(String reason) {
        String words = SYSTEM_ERROR.matcher(reason).replaceFirst("$1");
        if (words.contains("No space left on device")) {
            return NO_ROOM;
        }
        if (words.startsWith("fixed content-length") || words.startsWith("closed")) {
            return "it ended before all bytes arrived";
        }
        if (words.startsWith("HTTP/1.1 header parser received no bytes")) {
            return "the connection was closed without an answer";
        }
        return switch (words) {
            case "Argument list too long" -> "its command line and variables together are too long for this machine";
            case "Is a directory" -> "it is a folder";
            case "Not a directory" -> "a part of its path is a file, not a folder";
            case "No such file or directory" -> "no such file or folder";
            case "Permission denied" -> "permission denied";
            case "File name too long" -> "its name is too long for the file system";
            case "Too many levels of symbolic links" -> "it is a link, or its links form a loop";
            default -> QuotedValue.of(words, MAX_WORDS);
        };
    }
}
