package org.confmail.server.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminJson;
import org.confmail.shared.admin.AdminMethod;
import tools.jackson.databind.JsonNode;

/** What a command works with: the server, connected when it is first asked, and the terminal. */
final class Shell implements AutoCloseable {
    private static final String RESET = "\u001b[0m";

    private final Path socket;
    private final boolean json;
    private final boolean colour;
    private final boolean terminal;
    private final PrintStream out;
    private Optional<AdminClient> client = Optional.empty();

    /**
     * A shell.
     *
     * @param json whether results are shown as the JSON that they are
     * @param colour whether the terminal shows colours
     * @param terminal whether somebody watches a line that is written over
     */
    Shell(Path socket, boolean json, boolean colour, boolean terminal, PrintStream out) {
        this.socket = socket;
        this.json = json;
        this.colour = colour;
        this.terminal = terminal;
        this.out = out;
    }

    /** Calls a method. */
    <P extends Record, R extends Record> R call(AdminMethod<P, R> method, P params) throws IOException, AdminException {
        return client().call(method, params);
    }

    /** Calls a method and shows its result: as JSON, or as {@code text} does. */
    <P extends Record, R extends Record> R show(AdminMethod<P, R> method, P params, Consumer<R> text)
            throws IOException, AdminException {
        R result = call(method, params);
        showResult(result, text);
        return result;
    }

    /** Calls a method without parameters, as {@link #show(AdminMethod, Record, Consumer)}. */
    <R extends Record> R show(AdminMethod<AdminMethod.Nothing, R> method, Consumer<R> text)
            throws IOException, AdminException {
        return show(method, AdminMethod.Nothing.AT_ALL, text);
    }

    /** Calls a method of any name. */
    JsonNode call(String method, JsonNode params) throws IOException, AdminException {
        return client().call(method, params);
    }

    /** Subscribes, and shows each event until the connection ends. */
    <P extends Record, E extends Record> void follow(
            AdminMethod<P, AdminEvent.Subscribed> method, P params, AdminEvent<E> event, Consumer<E> text)
            throws IOException, AdminException {
        follow(method, params, event, text, () -> {});
    }

    /** As above; {@code whole} shows what there is, once no change of it can be missed any more. */
    <P extends Record, E extends Record> void follow(
            AdminMethod<P, AdminEvent.Subscribed> method, P params, AdminEvent<E> event, Consumer<E> text, Whole whole)
            throws IOException, AdminException {
        AdminClient server = client();
        server.subscribe(method, params, event, each -> {
            if (json) {
                line(new String(AdminJson.bytes(AdminJson.tree(each)), StandardCharsets.UTF_8));
            } else {
                text.accept(each);
            }
            endWithoutReader(server);
        });
        whole.show();
        endWithoutReader(server);
        IOException reason = server.ended().join();
        throw new IOException(
                out.checkError() ? "nobody reads the output any more" : String.valueOf(reason.getMessage()), reason);
    }

    /** Java knows no signal for a pipe whose reader is gone, such as {@code head}: without this it would follow for ever. */
    private void endWithoutReader(AdminClient server) {
        if (out.checkError()) { // writes what is left, too
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Subscribes, and waits for the event that {@code enough} takes for the last. */
    <P extends Record, E extends Record> void await(
            AdminMethod<P, AdminEvent.Subscribed> method, P params, AdminEvent<E> event, Predicate<E> enough)
            throws IOException, AdminException {
        AdminClient server = client();
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        AdminEvent.Subscribed subscribed = server.subscribe(method, params, event, each -> {
            if (enough.test(each)) {
                over.complete(true);
            }
        });
        Object first = CompletableFuture.anyOf(over, server.ended()).join();
        if (first instanceof IOException reason) {
            throw new IOException(reason.getMessage(), reason);
        }
        server.unsubscribe(subscribed);
    }

    /** Shows each event of a kind while other calls are under way; not where results are JSON. */
    <E extends Record> void listen(AdminEvent<E> event, Consumer<E> text) throws IOException {
        if (!json) {
            client().listen(event, each -> {
                text.accept(each);
                out.flush();
            });
        }
    }

    /** Shows a table, or a word where it is empty. */
    void table(Table table, String empty) {
        if (table.isEmpty()) {
            line(empty);
            return;
        }
        boolean head = true;
        for (String line : table.lines()) {
            line(head ? in(Colour.HEAD, line) : line);
            head = false;
        }
    }

    /** Shows a result that was asked for before: as JSON, or as {@code text} does. */
    <R extends Record> void showResult(R result, Consumer<R> text) {
        if (json) {
            line(AdminJson.pretty(AdminJson.tree(result)));
        } else {
            text.accept(result);
        }
    }

    /** Shows text in the place of what {@code over} has shown before, where somebody watches; empty text takes it away. */
    void over(String text) {
        if (terminal) {
            out.print("\r" + text + "\u001b[K");
            out.flush();
        }
    }

    /** A word for those who can read it only. */
    void remark(String text) {
        if (!json) {
            line(text);
        }
    }

    /** Text as it is, without a line end. */
    void text(String text) {
        out.print(text);
    }

    void line(String text) {
        out.println(text);
    }

    /** Text in a colour, on a terminal. */
    String in(Colour wanted, String text) {
        return colour ? wanted.code + text + RESET : text;
    }

    @Override
    public void close() throws IOException {
        if (client.isPresent()) {
            client.get().close();
        }
    }

    private AdminClient client() throws IOException {
        if (client.isEmpty()) {
            try {
                client = Optional.of(AdminClient.connect(socket));
            } catch (IOException e) {
                throw new NoServer(
                        "no server answers at " + socket + " (" + e.getMessage()
                                + "). Does it run, has its config.txt an admin_socket, and may this user open it?",
                        e);
            }
        }
        return client.get();
    }

    /** Shows something that has to be asked for. */
    @FunctionalInterface
    interface Whole {
        void show() throws IOException, AdminException;
    }

    /** Told apart by those who do not see red and green, too. */
    enum Colour {
        HEAD("\u001b[1m"),
        GOOD("\u001b[36m"),
        WARNING("\u001b[33m"),
        BAD("\u001b[1;31m"),
        FAINT("\u001b[2m");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }
}
