package org.confmail.server.main;

/** The entry point of {@code confmail-server}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(0);
    }
}
