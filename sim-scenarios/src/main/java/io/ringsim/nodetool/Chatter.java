package io.ringsim.nodetool;

import java.util.List;
import java.util.regex.Pattern;

/** The lines a terminal leaves around a tool's output: prompts, the command itself, the JVM's remarks, notes. */
final class Chatter {
    private static final Pattern PROMPT = Pattern.compile(
            "\\s*(\\S*[\\w\\])~:/]\\s?[$#%>]|[$#%>]|\\[[^\\]]*\\]\\s?[$#%>])(\\s.*)?|\\s*(\\S*/)?nodetool\\s.*");
    private static final List<String> BEGINNINGS = List.of(
            "Note:",
            "Warning:",
            "To view status related info of a node use",
            "Picked up ",
            "OpenJDK ",
            "Java HotSpot",
            "WARN",
            "INFO",
            "SLF4J",
            "objc[",
            "Keyspace:",
            "Schema Version:",
            "```");

    private Chatter() {}

    static boolean isChatter(String line) {
        String text = line.strip();
        return text.isEmpty()
                || BEGINNINGS.stream().anyMatch(text::startsWith)
                || PROMPT.matcher(line).matches();
    }
}
