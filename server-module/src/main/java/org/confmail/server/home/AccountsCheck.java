package org.confmail.server.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether auth.txt makes sense (PROTOCOL section 7). What stands in it is a secret: findings give line numbers only. */
final class AccountsCheck {
    private static final Pattern FIELD = Pattern.compile("[0-9A-Za-z]{8,40}");
    private static final Pattern STAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private AccountsCheck() {}

    static List<Finding> of(Path file, boolean replicates) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(Finding.error(
                    file,
                    "cannot be read, so nobody can log in: " + Reason.of(e) + ".",
                    "Restore it, or take one from a new home made with -init."));
        }
        List<Finding> findings = new ArrayList<>();
        Map<String, String> users = new HashMap<>(); // by key: the last line counts
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(" ", -1);
            String fault = fault(fields);
            if (fault.isEmpty()) {
                users.put(fields[1], fields[0]);
            } else {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        file + " line " + number,
                        fault,
                        "Correct the line (user authkey time, one space between) or put # in front."));
            }
        }
        special(file, users, replicates, findings);
        return findings;
    }

    /** What is wrong with a line, or nothing. */
    private static String fault(String[] fields) {
        if (fields.length < 2 || fields.length > 3) {
            return "a line of " + fields.length + " fields, where two or three are expected.";
        }
        if (!FIELD.matcher(fields[0]).matches()) {
            return "the user is not 8 to 40 letters and digits, so nobody can log in as such.";
        }
        if (!FIELD.matcher(fields[1]).matches()) {
            return "the key is not 8 to 40 letters and digits, so nobody can log in with it.";
        }
        if (fields.length == 3 && !STAMP.matcher(fields[2]).matches()) {
            return "the time is not of the form YYYY-MM-DDTHH:MM:SSZ.";
        }
        return "";
    }

    private static void special(Path file, Map<String, String> users, boolean replicates, List<Finding> findings) {
        if (!users.containsValue("administrator")) {
            findings.add(Finding.warning(
                    file,
                    "there is no administrator, so no accounts can be added by the protocol.",
                    "Add a line: administrator, a space, and a secret key of 8 to 40 letters and digits."));
        }
        if (!users.containsValue("replication")) {
            String what = "there is no user replication, so no other server can replicate to this one.";
            String remedy = "If one should, add a line: replication, a space, and that server's repl_authkey.";
            findings.add(replicates ? Finding.warning(file, what, remedy) : Finding.note(file, what, remedy));
        }
    }
}
