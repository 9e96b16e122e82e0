package io.ringsim.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A stored run in the format its reader wants. */
public final class Report {
    /** The formats there are, by the extension of the file. */
    public static final List<String> FORMATS = List.of("html", "json", "csv", "xml");

    private Report() {}

    /** Writes the report in the format that the file's extension names. */
    public static void write(StoredRun run, Path file) {
        FolderFiles.write(file, render(run, checkFormat(file)));
    }

    /** The format that the file's extension names; refuses what is none. */
    public static String checkFormat(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (format.equals(name) || !FORMATS.contains(format)) {
            throw RunFolderException.badInput(
                    file.toString(), "no report has this extension", "use one of ." + String.join(", .", FORMATS));
        }
        return format;
    }

    /**
     * The report as text.
     *
     * @param format one of {@link #FORMATS}: csv lists the stream sessions, xml is JUnit's
     */
    public static String render(StoredRun run, String format) {
        return switch (format) {
            case "html" -> HtmlReport.of(run, false);
            case "json" -> RunJson.pretty(run.result());
            case "csv" -> StreamsCsv.of(run.result());
            case "xml" -> JunitXml.of(run.result());
            default -> throw new IllegalArgumentException("no report is " + format + "; there are " + FORMATS);
        };
    }
}
