package org.confmail.server.main;

public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(0);
    }
}
