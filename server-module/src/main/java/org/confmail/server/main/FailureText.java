package org.confmail.server.main;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file operation failed, in words: Java's own messages often are nothing but the file's name. */
final class FailureText {
    private FailureText() {}

    /** With the file that it failed on, where one is known. */
    static String withFile(IOException failure) {
        if (!(failure instanceof FileSystemException failed) || failed.getFile() == null) {
            return of(failure);
        }
        String why = of(failed);
        return why.equals(failed.getFile()) ? failed.toString() : failed.getFile() + ": " + why;
    }

    static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
