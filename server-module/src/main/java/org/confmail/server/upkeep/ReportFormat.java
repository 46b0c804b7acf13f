package org.confmail.server.upkeep;

import java.io.IOException;
import java.io.Writer;

/** A form that the usage report is written in. */
public sealed interface ReportFormat permits HtmlReport, SeparatedReport {

    /** Writes the whole report. */
    void write(UsageReport report, Writer out) throws IOException;
}
