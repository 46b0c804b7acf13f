package org.confmail.server.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * TXT records through the resolvers that the operating system names, by the JDK's DNS client: UDP, each resolver in turn, TCP
 * where an answer does not fit (PROTOCOL section 11).
 */
public final class SystemTxtRecords implements TxtRecords, AutoCloseable {
    /** The resolvers of the system. */
    public static final String SYSTEM_RESOLVERS = "dns:";

    /** Clients wait 15 s for an answer, and a session has 10. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /** A second, then two, for each resolver: three of them fit into the patience but for the last answer. */
    private static final String FIRST_WAIT_MILLIS = "1000";

    private static final String ROUNDS = "2";
    private static final int LOOKUPS_MAX = 16;
    private static final long IDLE_SECONDS = 30;
    /** A mail domain has one or two; a name with more is none of ours, and the answer must end. */
    private static final int RECORDS_MAX = 64;

    /** JNDI would take other characters for its own: a colon for a URL, a slash for two names. */
    private static final Pattern DNS_NAME = Pattern.compile("[0-9A-Za-z._-]{1,254}");

    private static final String[] TXT = {"TXT"};

    private final String resolvers;
    private final Duration patience;
    private final ThreadPoolExecutor threads;

    /** @param resolvers {@link #SYSTEM_RESOLVERS}, or {@code dns://address:port} of one or more with blanks between */
    public SystemTxtRecords(String resolvers) {
        this(resolvers, PATIENCE);
    }

    SystemTxtRecords(String resolvers, Duration patience) {
        this.resolvers = resolvers;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                0,
                LOOKUPS_MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name("dns-txt-", 1).daemon().factory());
    }

    @Override
    public Answer of(String name) {
        if (!DNS_NAME.matcher(name).matches()) {
            return new NoName();
        }
        Future<Answer> asking;
        try {
            asking = threads.submit(() -> ask(name));
        } catch (RejectedExecutionException e) {
            return new Failed(LOOKUPS_MAX + " lookups are waiting for the resolver already");
        }
        try {
            return asking.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            asking.cancel(true);
            return new Failed("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Failed(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed("interrupted");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    // The factory is fixed, and a name cannot be a URL that names another.
    @SuppressWarnings("BanJNDI")
    private Answer ask(String name) {
        InitialDirContext context = null;
        try {
            context = new InitialDirContext(environment());
            String absolute = name.endsWith(".") ? name : name + ".";
            return new Found(texts(context.getAttributes(absolute, TXT).get("TXT")));
        } catch (NameNotFoundException | InvalidNameException e) {
            return new NoName();
        } catch (NamingException e) {
            return new Failed(String.valueOf(e.getMessage()));
        } finally {
            close(context);
        }
    }

    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    private Hashtable<String, String> environment() {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, resolvers);
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_WAIT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", ROUNDS);
        return environment;
    }

    private static List<String> texts(@Nullable Attribute attribute) throws NamingException {
        List<String> texts = new ArrayList<>();
        if (attribute != null) {
            NamingEnumeration<?> values = attribute.getAll();
            while (values.hasMore() && texts.size() < RECORDS_MAX) {
                String text = first(Objects.requireNonNull(values.next()).toString());
                if (text.chars().noneMatch(c -> c < ' ' || c == 0x7f)) {
                    texts.add(text); // one with a line end in it would put lines of its own into our answer
                }
            }
            values.close();
        }
        return List.copyOf(texts);
    }

    /**
     * The first character-string. The JDK puts blanks between those of a record, and quotes round one that is empty or holds
     * blanks, quotes or back-slashes; the latter two get a back-slash in front.
     */
    private static String first(String texts) {
        if (!texts.startsWith("\"")) {
            int blank = texts.indexOf(' ');
            return blank < 0 ? texts : texts.substring(0, blank);
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < texts.length() && texts.charAt(i) != '"'; i++) {
            boolean escaped = texts.charAt(i) == '\\' && i + 1 < texts.length();
            plain.append(texts.charAt(escaped ? ++i : i));
        }
        return plain.toString();
    }

    private static void close(@Nullable InitialDirContext context) {
        if (context == null) {
            return;
        }
        try {
            context.close();
        } catch (NamingException e) {
            // nothing is held by it
        }
    }
}
