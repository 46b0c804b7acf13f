package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.AdminMethods;
import org.confmail.shared.admin.FieldDescription;
import org.confmail.shared.admin.MethodDescription;
import org.confmail.shared.admin.SessionMethods.EventDescription;
import org.junit.jupiter.api.Test;

/** The page of the protocol describes every method as {@code describe} does; where they differ, the failure shows what belongs there. */
class AdminMethodsPageTest {
    private static final String BEGIN =
            "<!-- methods: made from the protocol's records, checked by AdminMethodsPageTest -->\n";
    private static final String END = "<!-- methods end -->";

    @Test
    void pageDescribesEveryMethodAsTheServerDoes() throws IOException {
        String page = Files.readString(Path.of("docs", "admin-protocol.md"));
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        assertEquals(methods(), page.substring(begin, page.indexOf(END)));
    }

    private static String methods() {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (AdminMethod<?, ?> method : AdminMethods.all()) {
            if (!method.group().equals(group)) {
                group = method.group();
                text.append("\n## ").append(group).append('\n');
            }
            MethodDescription description = MethodDescription.of(method);
            text.append("\n### `")
                    .append(method.name())
                    .append("`\n\n")
                    .append(method.help())
                    .append('\n');
            text.append("\n```\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"")
                    .append(method.name())
                    .append("\",\"params\":");
            text.append(description.example()).append("}\n```\n\n");
            fields("takes", description.params(), text);
            fields("gives", description.result(), text);
        }
        text.append("\n## Events\n");
        AdminMethods.events().forEach(event -> {
            EventDescription description = EventDescription.of(event);
            text.append("\n### `")
                    .append(event.name())
                    .append("`\n\n")
                    .append(event.help())
                    .append("\n\n");
            fields("holds", description.params(), text);
        });
        return text.append('\n').toString();
    }

    private static void fields(String what, List<FieldDescription> fields, StringBuilder text) {
        text.append("- ").append(what).append(fields.isEmpty() ? " nothing\n" : ":\n");
        fields(fields, "  ", text);
    }

    private static void fields(List<FieldDescription> fields, String indent, StringBuilder text) {
        for (FieldDescription field : fields) {
            text.append(indent).append("- `").append(field.name()).append("` (").append(field.type());
            text.append(field.optional() ? ", may be absent): " : "): ")
                    .append(field.help())
                    .append('\n');
            fields(field.fields(), indent + "  ", text);
        }
    }
}
