package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void fileAndReasonAreToldInWords() {
        assertEquals("/x: No such file or directory", FailureText.withFile(new NoSuchFileException("/x")));
        assertEquals("/x: Permission denied", FailureText.withFile(new AccessDeniedException("/x")));
        assertEquals("/x: Read-only file system", FailureText.withFile(failed("Read-only file system")));
        assertEquals(
                "java.nio.file.FileAlreadyExistsException: /x",
                FailureText.withFile(new FileAlreadyExistsException("/x")));
        assertEquals("cannot listen on port 1", FailureText.withFile(new IOException("cannot listen on port 1")));
        assertEquals("java.io.EOFException", FailureText.withFile(new EOFException()));
    }

    private static FileSystemException failed(String why) {
        return new FileSystemException("/x", null, why);
    }
}
