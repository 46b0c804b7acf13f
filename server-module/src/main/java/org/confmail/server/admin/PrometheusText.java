package org.confmail.server.admin;

import java.util.List;
import java.util.Locale;
import org.confmail.server.metrics.Metrics;

/** Counters and gauges in the text format that Prometheus reads, version 0.0.4. */
public final class PrometheusText {
    private static final String PREFIX = "confmail_";

    private PrometheusText() {}

    /** The text of these samples, which are sorted by name. */
    public static String of(List<Metrics.Sample> samples) {
        StringBuilder text = new StringBuilder();
        String described = "";
        for (Metrics.Sample sample : samples) {
            String name = PREFIX + sample.name();
            if (!name.equals(described)) {
                text.append("# HELP ")
                        .append(name)
                        .append(' ')
                        .append(sample.help())
                        .append('\n');
                text.append("# TYPE ").append(name).append(' ');
                text.append(sample.kind().toString().toLowerCase(Locale.ROOT)).append('\n');
                described = name;
            }
            text.append(name);
            sample.label()
                    .ifPresent(label -> text.append('{')
                            .append(label.name())
                            .append("=\"")
                            .append(escaped(label.value()))
                            .append("\"}"));
            text.append(' ').append(sample.value()).append('\n');
        }
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
