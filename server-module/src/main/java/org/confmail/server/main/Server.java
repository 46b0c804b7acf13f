package org.confmail.server.main;

import java.util.concurrent.CountDownLatch;

/** The server: so far one that waits to be stopped. */
final class Server implements RunningServer {
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Server() {}

    static RunningServer start(RunOptions options) throws StartFailure {
        if (!java.nio.file.Files.isDirectory(options.home())) {
            throw new StartFailure(java.util.List.of(options.home() + " is no directory: make a home with -init"));
        }
        return new Server();
    }

    @Override
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void reload() {}
}
