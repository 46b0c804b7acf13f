package org.confmail.server.upkeep;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Locale;

/**
 * The usage report as a page that needs nothing beside itself: a picture, and the table, which a click on a title sorts;
 * who uses most comes first. Without scripts it is sorted by key. Whatever users wrote is escaped.
 *
 * @param store what is reported on, for the heading
 * @param when it was looked at
 * @param withTotal whether a row of totals comes last
 */
public record HtmlReport(String store, Instant when, boolean withTotal) implements ReportFormat {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>Confidant Mail storage</title>
            <style>
            body { font: 14px/1.45 system-ui, sans-serif; margin: 2em; color: #1c2733; background: #fff; }
            h1 { font-size: 1.5em; margin: 0 0 .2em; }
            .facts { color: #566472; margin: 0 0 1.5em; overflow-wrap: anywhere; }
            svg { max-width: 840px; width: 100%; font-size: 12px; fill: #1c2733; }
            svg .label { text-anchor: end; }
            .part0 { fill: #2f6db5; } .part1 { fill: #e09f3e; } .part2 { fill: #5a9e6f; } .others { fill: #9aa7b4; }
            .legend span { display: inline-block; margin-right: 1.5em; }
            .legend i { display: inline-block; width: .9em; height: .9em; margin-right: .4em; vertical-align: -.1em; }
            table { border-collapse: collapse; white-space: nowrap; margin-top: 1.5em; }
            th, td { padding: .35em .55em; text-align: right; border-bottom: 1px solid #dde3e9; }
            th { vertical-align: bottom; white-space: normal; background: #f2f5f8; position: sticky; top: 0; }
            td:nth-child(-n+2), th:nth-child(-n+2) { text-align: left; }
            td:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 17em; }
            td:nth-child(2) { font-family: ui-monospace, monospace; font-size: .85em; }
            th[data-sorted] { background: #dbe6f2; }
            th.sortable { cursor: pointer; }
            tbody tr:hover { background: #f7f9fb; }
            tfoot td { font-weight: 600; border-top: 2px solid #8a97a5; }
            @media print {
              @page { size: landscape; margin: 1cm; }
              body { margin: 0; font-size: 7.5pt; }
              table { width: 100%; } td:first-child { min-width: 12em; }
              th, td { padding: .15em .3em; } th { position: static; }
              thead { display: table-header-group; } tfoot { display: table-row-group; } tr, svg { break-inside: avoid; }
              .part0, .part1, .part2, .others, th, .legend i { print-color-adjust: exact; }
            }
            </style>
            </head>
            <body>
            """;

    private static final String LEGEND = """
            <p class="legend"><span><i style="background:#2f6db5"></i>data, the user's share</span>\
            <span><i style="background:#e09f3e"></i>announcements of messages</span>\
            <span><i style="background:#5a9e6f"></i>key and addresses</span></p>
            """;

    private static final String SCRIPT = """
            <script>
            (function () {
              var table = document.querySelector('table'), body = table.tBodies[0];
              var value = function (row, column) {
                var cell = row.cells[column];
                return cell.dataset.n === undefined ? cell.textContent.toLowerCase() : Number(cell.dataset.n);
              };
              Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
                head.className = 'sortable';
                head.tabIndex = 0;
                var sort = function () {
                  var up = head.dataset.sorted ? head.dataset.sorted === 'down' : column < 2;
                  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) {
                    delete other.dataset.sorted;
                    other.removeAttribute('aria-sort');
                  });
                  head.dataset.sorted = up ? 'up' : 'down';
                  head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
                  Array.prototype.slice.call(body.rows).sort(function (one, other) {
                    var a = value(one, column), b = value(other, column);
                    return (a < b ? -1 : a > b ? 1 : 0) * (up ? 1 : -1);
                  }).forEach(function (row) { body.appendChild(row); });
                };
                head.addEventListener('click', sort);
                head.addEventListener('keydown', function (event) { if (event.key === 'Enter') { sort(); } });
              });
              table.tHead.rows[0].lastElementChild.click();
            })();
            </script>
            </body>
            </html>
            """;

    @Override
    public void write(UsageReport report, Writer out) throws IOException {
        out.write(HEAD);
        out.write("<h1>Who uses the storage</h1>\n<p class=\"facts\">" + escaped(store) + ", "
                + when.toString().substring(0, 16).replace('T', ' ') + " UTC. "
                + report.users().size()
                + " users, " + UsageChart.size(report.total().apportionedBytes())
                + " in all. Sizes of files are rounded up to " + report.blockSize()
                + " bytes. App'd: what a data block takes is divided among those to whom it is announced.</p>\n");
        new UsageChart(report).write(out);
        out.write(LEGEND);
        out.write("<table>\n<thead><tr><th>" + Columns.EMAIL + "</th><th>" + Columns.KEY + "</th>");
        for (Columns column : Columns.ALL) {
            out.write("<th>" + escaped(column.title()) + "</th>");
        }
        out.write("</tr></thead>\n<tbody>\n");
        for (UsageRow row : report.rows()) {
            row(row, out);
        }
        out.write("</tbody>\n");
        if (withTotal) {
            total(report.total(), out);
        }
        out.write("</table>\n");
        out.write(SCRIPT);
    }

    private static void row(UsageRow row, Writer out) throws IOException {
        out.write("<tr><td>" + escaped(row.email()) + "</td><td>" + row.key() + "</td>");
        for (Columns column : Columns.ALL) {
            long figure = column.of(row);
            out.write("<td data-n=\"" + figure + "\">" + grouped(figure) + "</td>");
        }
        out.write("</tr>\n");
    }

    private static void total(UsageRow total, Writer out) throws IOException {
        out.write("<tfoot><tr><td>" + total.email() + "</td><td></td>");
        for (Columns column : Columns.ALL) {
            out.write("<td>" + (column.hasSum() ? grouped(column.of(total)) : column.ofTotal(total)) + "</td>");
        }
        out.write("</tr></tfoot>\n");
    }

    private static String grouped(long figure) {
        return String.format(Locale.ROOT, "%,d", figure);
    }

    /** Text as it may stand in a page; what cannot be seen, or turns the direction of writing, is shown as a question mark. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isShown(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
