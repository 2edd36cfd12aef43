package io.twinbatch.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReasonTest {
    static Stream<Arguments> failures() {
        ConnectException unresolved = new ConnectException();
        unresolved.initCause(new UnresolvedAddressException());
        return Stream.of(
                Arguments.of(new NoSuchFileException("/a/b"), "no such file or folder"),
                Arguments.of(new FileAlreadyExistsException("/a/b"), "a file or a folder of this name exists"),
                Arguments.of(new DirectoryNotEmptyException("/a/b"), "it is a folder that is not empty"),
                Arguments.of(new AccessDeniedException("/a/b"), "permission denied"),
                Arguments.of(new FileSystemException("/a", null, "Is a directory"), "it is a folder"),
                Arguments.of(
                        new FileSystemException("/a", null, "File name too long"),
                        "its name is too long for the file system"),
                Arguments.of(new IOException("No space left on device"), "no space left on the disk"),
                Arguments.of(new FileNotFoundException("/a/b (Permission denied)"), "permission denied"),
                Arguments.of(
                        new InvalidPathException("a\0", "Nul character not allowed"),
                        "a path has a character that this machine does not allow in paths"),
                Arguments.of(new UnknownHostException("nowhere.invalid"), "the host name cannot be resolved"),
                Arguments.of(unresolved, "the host name cannot be resolved"),
                Arguments.of(new ConnectException(), "the connection was refused; no program listens there"),
                Arguments.of(new HttpConnectTimeoutException("x"), "no answer in time"),
                Arguments.of(new SSLHandshakeException("bad"), "the TLS handshake failed (bad)"),
                Arguments.of(
                        new IllegalStateException("Java heap space [2.4]", new OutOfMemoryError("Java heap space")),
                        "Java has no memory left; give it more (-Xmx)"),
                Arguments.of(new EOFException(), "it ended before all bytes arrived"),
                Arguments.of(
                        new IOException("fixed content-length: 10, bytes received: 5"),
                        "it ended before all bytes arrived"),
                Arguments.of(
                        new IOException(
                                "Cannot run program \"/a\" (in directory \"/b\"): error=7, Argument list too long"),
                        "its command line and variables together are too long for this machine"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsToldInPlainWords(Exception failure, String words) {
        assertThat(FailureReason.of(failure)).isEqualTo(words);
        assertThat(FailureReason.of(new IllegalStateException(failure))).isEqualTo(words);
    }

    @Test
    void noWordsNameAClass() {
        for (Throwable failure : Stream.of(
                        new IOException(),
                        new IllegalStateException(),
                        new NullPointerException("java.util.List is null"),
                        new UncheckedIOException(new IOException("java.nio.file.NoSuchFileException: /a")),
                        new IOException(new IllegalArgumentException("com.example.parts.Thing: bad")))
                .toList()) {
            assertThat(FailureReason.of(failure)).isNotBlank().doesNotContain("java.", "com.example", "Exception");
        }
    }
}
