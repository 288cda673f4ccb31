package de.kreissiegel.ca.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * One YAML file of settings: a mapping of words, of lists of words, of mappings and of lists of
 * mappings. Aliases, tags and anything deeper than {@value #DEEPEST} mappings are faults.
 */
public final class Sheet {
  private static final int DEEPEST = 4;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final String file;
  private final List<ConfigurationFault> faults;

  private Sheet(String file, List<ConfigurationFault> faults) {
    this.file = file;
    this.faults = faults;
  }

  /**
   * Reads one file's text, of at most 1 Mi characters.
   *
   * @param file its name, for faults
   * @param faults where faults are added to
   * @return the outermost mapping; empty if the text can't be read
   */
  public static Optional<Section> read(String file, String yaml, List<ConfigurationFault> faults) {
    var sheet = new Sheet(file, faults);
    if (yaml.length() > MOST_CHARACTERS) {
      sheet.fault(0, "", "the file is too long", "Keep it under a million characters.");
      return Optional.empty();
    }
    var settings =
        LoadSettings.builder()
            .setLabel(file)
            .setUseMarks(true)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(MOST_CHARACTERS)
            .build();
    try {
      Optional<Node> root =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml)))
              .getSingleNode();
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return Optional.of(sheet.section(mapping, "", 1));
      }
      sheet.fault(0, "", "the file holds no settings", "Write one 'key: value' a line.");
    } catch (MarkedYamlEngineException broken) {
      sheet.fault(
          broken.getProblemMark().map(Mark::getLine).orElse(-1) + 1,
          "",
          "this is not YAML: " + broken.getProblem(),
          "Correct the line; check its indentation and quotes.");
    } catch (YamlEngineException broken) {
      sheet.fault(0, "", "this is not YAML: " + broken.getMessage(), "Correct the file.");
    }
    return Optional.empty();
  }

  private Section section(MappingNode mapping, String place, int depth) {
    Map<String, Section.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        fault(line(tuple.getKeyNode()), place, "a key must be a word", "Write 'key: value'.");
        continue;
      }
      String key = keyNode.getValue();
      int line = line(keyNode);
      String inner = place.isEmpty() ? key : place + "." + key;
      Optional<Section.Entry> entry = entry(tuple.getValueNode(), inner, line, depth);
      if (entry.isPresent() && entries.putIfAbsent(key, entry.get()) != null) {
        fault(line, inner, "the key stands there twice", "Remove one of the two.");
      }
    }
    return new Section(file, place, line(mapping), entries, faults);
  }

  private Optional<Section.Entry> entry(Node node, String place, int line, int depth) {
    List<String> words = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    for (Node item : items) {
      switch (item) {
        case ScalarNode scalar -> words.add(scalar.getValue());
        case MappingNode mapping when depth < DEEPEST ->
            sections.add(section(mapping, place, depth + 1));
        default -> {
          fault(line(item), place, "no such structure is known here", "Write plain values.");
          return Optional.empty();
        }
      }
    }
    if (!words.isEmpty() && !sections.isEmpty()) {
      fault(line, place, "words and settings are mixed here", "Write a list of one kind.");
      return Optional.empty();
    }
    return Optional.of(new Section.Entry(words, sections, node instanceof SequenceNode, line));
  }

  private void fault(int line, String key, String message, String remedy) {
    faults.add(new ConfigurationFault(file, line, key, message, remedy));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
