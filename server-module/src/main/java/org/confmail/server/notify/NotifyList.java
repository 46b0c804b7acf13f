package org.confmail.server.notify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.confmail.server.block.Key;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.Secret;

/**
 * What notify.txt says: who is told where, and by which mail server.
 *
 * @param from the sender's address; empty = nothing can be sent
 * @param addresses by recipient
 * @param problems lines that say nothing, each in words for the log
 */
public record NotifyList(
        Optional<String> from,
        HostPort server,
        Optional<String> user,
        Optional<Secret> password,
        Map<Key, List<String>> addresses,
        List<String> problems) {

    private static final String LOCAL = "localhost";
    private static final int SMTP_PORT = 25;
    /** Goes into SMTP commands and header lines as it is. */
    private static final Pattern ADDRESS = Pattern.compile("[!-;=?-~]{1,190}@[0-9A-Za-z.\\[\\]:-]{1,190}");

    public NotifyList {
        addresses = Map.copyOf(addresses);
        problems = List.copyOf(problems);
    }

    /** Reads the lines of the file; what cannot be understood is left out and told. */
    public static NotifyList parse(List<String> lines) {
        Map<String, String> options = new HashMap<>();
        Map<Key, List<String>> addresses = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            int comma = line.indexOf(',');
            boolean understood = (equals > 0 && (comma < 0 || equals < comma))
                    ? option(line.substring(0, equals), line.substring(equals + 1), options)
                    : recipient(line.split(","), addresses);
            if (!understood) {
                problems.add("line " + (i + 1) + " is neither an option nor keyid,email,address");
            }
        }
        Optional<String> from = Optional.ofNullable(options.get("fromaddr")).filter(ADDRESS.asMatchPredicate());
        if (from.isEmpty()) {
            problems.add("fromaddr= is missing or no address, so nothing is sent");
        }
        return new NotifyList(
                from,
                server(options, problems),
                Optional.ofNullable(options.get("smtpuser")),
                Optional.ofNullable(options.get("smtppass")).map(Secret::new),
                addresses,
                problems);
    }

    private static boolean option(String name, String value, Map<String, String> options) {
        String known = name.strip().toLowerCase(Locale.ROOT);
        boolean understood = switch (known) {
            case "fromaddr", "smtpserver", "smtpport", "smtpuser", "smtppass" -> true;
            default -> false;
        };
        if (understood && !value.isBlank()) {
            options.put(known, value.strip());
        }
        return understood;
    }

    private static boolean recipient(String[] fields, Map<Key, List<String>> addresses) {
        if (fields.length != 3) {
            return false;
        }
        Optional<Key> recipient = Key.parse(fields[0].strip());
        String kind = fields[1].strip();
        String address = fields[2].strip();
        boolean mail = kind.equalsIgnoreCase("email") || kind.equalsIgnoreCase("smtp");
        if (recipient.isEmpty() || !mail || !ADDRESS.matcher(address).matches()) {
            return false;
        }
        addresses.computeIfAbsent(recipient.get(), _ -> new ArrayList<>()).add(address);
        return true;
    }

    private static HostPort server(Map<String, String> options, List<String> problems) {
        String host = options.getOrDefault("smtpserver", LOCAL);
        String port = options.getOrDefault("smtpport", Integer.toString(SMTP_PORT));
        return HostPort.parse((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port)
                .orElseGet(() -> {
                    problems.add(
                            "smtpserver= and smtpport= are no host and port; " + LOCAL + ":" + SMTP_PORT + " serves");
                    return new HostPort(LOCAL, SMTP_PORT);
                });
    }
}
