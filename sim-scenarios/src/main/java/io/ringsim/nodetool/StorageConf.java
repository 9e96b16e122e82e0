package io.ringsim.nodetool;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads {@code storage-conf.xml} of Cassandra 0.5 and 0.6: those elements that matter to a ring. */
public final class StorageConf {
    private record Found(String text, int line, int column) {}

    private final Source source;
    private final Problems problems = new Problems();
    private final SortedMap<String, Found> values = new TreeMap<>();
    private final List<String> seeds = new ArrayList<>();
    private final List<NodeConfig.KeyspaceConfig> keyspaces = new ArrayList<>();

    private StorageConf(Source source) {
        this.source = source;
    }

    /**
     * Reads the file. Document types and external entities are refused.
     *
     * @throws BadInput with what is wrong
     */
    public static NodeConfig read(Source source) {
        return new StorageConf(source).read();
    }

    private NodeConfig read() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(source.text()));
            document(xml);
            xml.close();
        } catch (XMLStreamException wrong) {
            int line = wrong.getLocation() == null
                    ? 1
                    : Math.max(1, wrong.getLocation().getLineNumber());
            int column = wrong.getLocation() == null
                    ? 1
                    : Math.max(1, wrong.getLocation().getColumnNumber());
            String message = String.valueOf(wrong.getMessage()).replaceFirst("(?s).*Message: ", "");
            problems.error(
                    source, line, column, 1, "no XML: " + message, "check the element that begins or ends there");
        }
        problems.throwIfAny();
        return config();
    }

    private void document(XMLStreamReader xml) throws XMLStreamException {
        String keyspace = "";
        SortedMap<String, Found> ofKeyspace = new TreeMap<>();
        boolean isStorage = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                error(xml, "a document type is not read", "remove <!DOCTYPE ...>");
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                if (!isStorage && !name.equals("Storage")) {
                    error(xml, "<" + name + "> is not the root of storage-conf.xml", "it begins with <Storage>");
                    return;
                }
                isStorage = true;
                switch (name) {
                    case "Keyspace" -> {
                        keyspace = Optional.ofNullable(xml.getAttributeValue(null, "Name"))
                                .orElse("");
                        ofKeyspace = new TreeMap<>();
                        if (keyspace.isBlank()) {
                            error(xml, "a keyspace has no name", "write <Keyspace Name=\"...\">");
                        }
                    }
                    case "ReplicaPlacementStrategy", "ReplicationFactor", "EndPointSnitch" ->
                        ofKeyspace.put(name, text(xml));
                    case "Seed" -> seeds.add(text(xml).text());
                    case "ClusterName", "Partitioner", "InitialToken", "PhiConvictThreshold" ->
                        values.put(name, text(xml));
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("Keyspace")) {
                keyspace(keyspace, ofKeyspace, xml);
            }
        }
    }

    private void keyspace(String name, SortedMap<String, Found> parts, XMLStreamReader xml) {
        Found strategy = parts.get("ReplicaPlacementStrategy");
        Found factor = parts.get("ReplicationFactor");
        if (strategy == null || factor == null) {
            error(
                    xml,
                    "keyspace " + name + " has no "
                            + (strategy == null ? "ReplicaPlacementStrategy" : "ReplicationFactor"),
                    "both are required");
            return;
        }
        if (!factor.text().matches("\\d{1,6}")) {
            problems.error(
                    source,
                    factor.line(),
                    factor.column(),
                    factor.text().length(),
                    "'" + factor.text() + "' is no replication factor",
                    "write a whole number");
            return;
        }
        keyspaces.add(new NodeConfig.KeyspaceConfig(name, strategy.text(), factor.text()));
    }

    private static Found text(XMLStreamReader xml) throws XMLStreamException {
        int line = xml.getLocation().getLineNumber();
        int column = xml.getLocation().getColumnNumber();
        return new Found(xml.getElementText().strip(), line, column);
    }

    private void error(XMLStreamReader xml, String what, String remedy) {
        problems.error(
                source, xml.getLocation().getLineNumber(), xml.getLocation().getColumnNumber(), 1, what, remedy);
    }

    private String value(String name) {
        Found found = values.get(name);
        return found == null ? "" : found.text();
    }

    private NodeConfig config() {
        if (value("Partitioner").isEmpty()) {
            throw BadInput.in(source.name(), "has no <Partitioner>", "it is required");
        }
        String phi = value("PhiConvictThreshold");
        String token = value("InitialToken");
        return new NodeConfig(
                value("ClusterName"),
                value("Partitioner"),
                OptionalInt.of(1),
                token.isEmpty() ? List.of() : List.of(token),
                seeds,
                OptionalLong.empty(),
                OptionalLong.empty(),
                phi.matches("\\d{1,2}") ? OptionalDouble.of(Integer.parseInt(phi)) : OptionalDouble.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                keyspaces,
                false);
    }
}
