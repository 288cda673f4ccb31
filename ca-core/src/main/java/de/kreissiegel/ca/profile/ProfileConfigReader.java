package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.settings.ConfigurationFault;
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

/** YAML to {@link ProfileConfig}: the form only, not the meaning. */
final class ProfileConfigReader {
  private static final int DEPTH = 2;

  private final String file;
  private final List<ConfigurationFault> faults;
  private final Map<String, ProfileConfig.Entry> entries = new LinkedHashMap<>();

  private ProfileConfigReader(String file, List<ConfigurationFault> faults) {
    this.file = file;
    this.faults = faults;
  }

  /** Reads one file's text; adds to the faults and returns nothing if it can't be read. */
  static Optional<ProfileConfig> read(String file, String yaml, List<ConfigurationFault> faults) {
    var reader = new ProfileConfigReader(file, faults);
    var settings =
        LoadSettings.builder().setLabel(file).setUseMarks(true).setCodePointLimit(65_536).build();
    try {
      Optional<Node> root =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml)))
              .getSingleNode();
      if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
        reader.fault(0, "", "the file holds no settings", "Write one 'key: value' a line.");
        return Optional.empty();
      }
      reader.readMapping("", mapping, 1);
      return Optional.of(new ProfileConfig(file, yaml, reader.entries));
    } catch (MarkedYamlEngineException broken) {
      reader.fault(
          broken.getProblemMark().map(Mark::getLine).orElse(-1) + 1,
          "",
          "this is not YAML: " + broken.getProblem(),
          "Correct the line; check its indentation and quotes.");
    } catch (YamlEngineException broken) {
      reader.fault(0, "", "this is not YAML: " + broken.getMessage(), "Correct the file.");
    }
    return Optional.empty();
  }

  private void readMapping(String prefix, MappingNode mapping, int depth) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        fault(line(tuple.getKeyNode()), prefix, "a key must be a word", "Write 'key: value'.");
        continue;
      }
      String key = prefix + keyNode.getValue();
      int line = line(keyNode);
      switch (tuple.getValueNode()) {
        case ScalarNode scalar -> put(key, List.of(scalar.getValue()), false, line);
        case SequenceNode sequence -> readList(key, sequence, line);
        case MappingNode inner when depth < DEPTH -> readMapping(key + ".", inner, depth + 1);
        default -> fault(line, key, "no such structure is known here", "Write one plain value.");
      }
    }
  }

  private void readList(String key, SequenceNode sequence, int line) {
    List<String> values = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      if (node instanceof ScalarNode scalar) {
        values.add(scalar.getValue());
      } else {
        fault(line(node), key, "a list holds words only", "Write [one, two].");
      }
    }
    put(key, values, true, line);
  }

  private void put(String key, List<String> values, boolean list, int line) {
    if (entries.putIfAbsent(key, new ProfileConfig.Entry(values, list, line)) != null) {
      fault(line, key, "the key stands there twice", "Remove one of the two.");
    }
  }

  private void fault(int line, String key, String message, String remedy) {
    faults.add(new ConfigurationFault(file, line, key, message, remedy));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
