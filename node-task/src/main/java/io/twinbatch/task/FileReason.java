package io.twinbatch.task;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;

/** Why a file cannot be read or written, or a connection fails, in words. The caller names which one. */
public final class FileReason {
    private FileReason() {}

    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        String connection = ofConnection(failure);
        if (connection != null) {
            return connection;
        }
        String message = failure.getMessage();
        if (failure instanceof FileSystemException named) {
            message = named.getReason();
        } else if (failure instanceof FileNotFoundException && message != null) {
            message = inLastParentheses(message);
        }
        // A message that begins with the name of another failure's class has that one's words behind it.
        String words = message == null ? "" : message.replaceFirst("^(?:[\\w.]*(?:Exception|Error):?\\s*)+", "");
        return words.isBlank() ? "the system gives no reason" : PlainText.text(words);
    }

    private static String ofConnection(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "the host name cannot be resolved";
        }
        if (failure instanceof ConnectException) {
            return "Connection refused; nothing listens there";
        }
        if (failure instanceof NoRouteToHostException) {
            return "there is no route to the host";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof SSLException) {
            return "the TLS handshake failed";
        }
        return failure instanceof EOFException ? "the connection or the file ended too early" : null;
    }

    /** The reason in a message of the form {@code NAME (REASON)}. */
    private static String inLastParentheses(String message) {
        int open = message.lastIndexOf('(');
        boolean found = open > 0 && message.endsWith(")");
        return found ? message.substring(open + 1, message.length() - 1) : message;
    }
}
