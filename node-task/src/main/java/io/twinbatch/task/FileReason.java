package io.twinbatch.task;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, in words; the file itself is named by whoever asks. */
final class FileReason {
    private FileReason() {}

    static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        String message = failure.getMessage();
        if (failure instanceof FileSystemException named) {
            message = named.getReason();
        } else if (failure instanceof FileNotFoundException && message != null) {
            message = inLastParentheses(message);
        }
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : Plain.text(message);
    }

    /** The reason in a message of the form {@code NAME (REASON)}. */
    private static String inLastParentheses(String message) {
        int open = message.lastIndexOf('(');
        boolean found = open > 0 && message.endsWith(")");
        return found ? message.substring(open + 1, message.length() - 1) : message;
    }
}
