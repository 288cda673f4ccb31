package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500Name;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
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

/** A YAML mapping, read key by key; what is left at the end is a fault. */
final class YamlSheet {
  private static final int DEEPEST = 16;
  private static final int LONGEST_NAME = 4096;
  private static final String NAME = "the base64 of a Name in DER";

  private final String file;
  private final int line;
  private final Map<String, Node> rest;

  private YamlSheet(String file, int line, Map<String, Node> rest) {
    this.file = file;
    this.line = line;
    this.rest = rest;
  }

  static YamlSheet read(String file, String text) throws PolicyFault {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).build();
      refuseDepth(file, new ParserImpl(settings, new StreamReader(settings, text)));
      Node root =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
              .getSingleNode()
              .orElseThrow(() -> new PolicyFault(file, 1, "the file is empty; write a policy"));
      return of(file, root);
    } catch (MarkedYamlEngineException notYaml) {
      throw new PolicyFault(
          file,
          notYaml.getProblemMark().map(YamlSheet::lineOf).orElse(1),
          "this is not YAML; mend it: " + notYaml.getProblem());
    } catch (YamlEngineException notYaml) {
      throw new PolicyFault(file, 1, "this is not YAML; mend it: " + notYaml.getMessage());
    }
  }

  /** The composer calls itself for each level; the parser doesn't. */
  private static void refuseDepth(String file, Iterator<Event> events) throws PolicyFault {
    int depth = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > DEEPEST) {
        throw new PolicyFault(
            file,
            event.getStartMark().map(YamlSheet::lineOf).orElse(1),
            "this is nested deeper than any policy; mend it");
      }
    }
  }

  private static YamlSheet of(String file, Node node) throws PolicyFault {
    int line = node.getStartMark().map(YamlSheet::lineOf).orElse(1);
    if (!(node instanceof MappingNode mapping)) {
      throw new PolicyFault(file, line, "keys and values belong here, as in \"version: 1\"");
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new PolicyFault(file, line, "a key must be a plain word");
      }
      if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
        throw new PolicyFault(
            file,
            key.getStartMark().map(YamlSheet::lineOf).orElse(line),
            "\"" + key.getValue() + "\" stands twice; take one away");
      }
    }
    return new YamlSheet(file, line, entries);
  }

  Optional<YamlSheet> section(String key) throws PolicyFault {
    Node node = rest.remove(key);
    return node == null ? Optional.empty() : Optional.of(of(file, node));
  }

  Bytes base64(String key) throws PolicyFault {
    return required(key, text -> Bytes.of(Base64.getDecoder().decode(text)), "base64");
  }

  /** The DER of a Name. */
  Bytes name(String key) throws PolicyFault {
    return required(key, YamlSheet::parseName, NAME);
  }

  Optional<Bytes> optionalName(String key) throws PolicyFault {
    return optional(key, YamlSheet::parseName, NAME);
  }

  private static Bytes parseName(String text) {
    byte[] octets = Base64.getDecoder().decode(text);
    try {
      StrictDer.check(octets);
    } catch (NotDer notOne) {
      throw new IllegalArgumentException(notOne);
    }
    // The library looks at the strings in it only when it shows them.
    X500Name name = X500Name.getInstance(octets);
    if (name.toString().length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a name that nobody can read");
    }
    return Bytes.of(octets);
  }

  String word(String key) throws PolicyFault {
    return required(key, text -> text, "a word");
  }

  Duration duration(String key) throws PolicyFault {
    return required(key, Duration::parse, "a duration such as P30D or PT2H");
  }

  Instant instant(String key) throws PolicyFault {
    return required(key, Instant::parse, "a time such as 2046-01-31T12:00:00Z");
  }

  Optional<Duration> optionalDuration(String key) throws PolicyFault {
    return optional(key, Duration::parse, "a duration such as P30D or PT2H");
  }

  Optional<Instant> optionalInstant(String key) throws PolicyFault {
    return optional(key, Instant::parse, "a time such as 2046-01-31T12:00:00Z");
  }

  /** Whether that one word stands there; if so, it is read. */
  boolean says(String key, String word) {
    boolean said = rest.get(key) instanceof ScalarNode scalar && scalar.getValue().equals(word);
    if (said) {
      rest.remove(key);
    }
    return said;
  }

  Optional<Integer> number(String key) throws PolicyFault {
    return optional(key, Integer::valueOf, "a number");
  }

  Optional<Bytes> optionalBase64(String key) throws PolicyFault {
    return optional(key, text -> Bytes.of(Base64.getDecoder().decode(text)), "base64");
  }

  boolean truth(String key) throws PolicyFault {
    return optional(key, YamlSheet::parseTruth, "true or false").orElse(false);
  }

  /** A list of words; empty if it isn't there. */
  List<String> words(String key) throws PolicyFault {
    Node node = rest.remove(key);
    if (node == null) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node word : sequence.getValue()) {
        if (word instanceof ScalarNode scalar) {
          words.add(scalar.getValue());
        }
      }
      if (words.size() == sequence.getValue().size()) {
        return List.copyOf(words);
      }
    }
    throw new PolicyFault(
        file,
        node.getStartMark().map(YamlSheet::lineOf).orElse(line),
        "\"" + key + "\" can't be read; write a list such as [one, two]");
  }

  /** A list of what a parser makes of each word; empty if it isn't there. */
  <T> List<T> list(String key, Function<String, T> parser, String form) throws PolicyFault {
    List<T> parsed = new ArrayList<>();
    for (Node node : nodes(key)) {
      parsed.add(one(key, node, parser, form));
    }
    return List.copyOf(parsed);
  }

  /** A list of lists, as {@link #list}. */
  <T> List<List<T>> lists(String key, Function<String, T> parser, String form) throws PolicyFault {
    List<List<T>> parsed = new ArrayList<>();
    for (Node node : nodes(key)) {
      if (!(node instanceof SequenceNode inside)) {
        throw unreadable(key, node, "lists in a list, such as [[one, two], [three]]");
      }
      List<T> words = new ArrayList<>();
      for (Node word : inside.getValue()) {
        words.add(one(key, word, parser, form));
      }
      parsed.add(List.copyOf(words));
    }
    return List.copyOf(parsed);
  }

  /** A list of mappings; empty if it isn't there. */
  List<YamlSheet> sections(String key) throws PolicyFault {
    List<YamlSheet> sections = new ArrayList<>();
    for (Node node : nodes(key)) {
      sections.add(of(file, node));
    }
    return List.copyOf(sections);
  }

  /** Whether it is there and not yet read. */
  boolean has(String key) {
    return rest.containsKey(key);
  }

  /** The keys that are not yet read. */
  List<String> keys() {
    return List.copyOf(rest.keySet());
  }

  /** What one word stands for. */
  <T> T parsed(String key, Function<String, T> parser, String form) throws PolicyFault {
    return required(key, parser, form);
  }

  <T> Optional<T> optionalParsed(String key, Function<String, T> parser, String form)
      throws PolicyFault {
    return optional(key, parser, form);
  }

  /** What a constructor makes of this sheet; its objection is a fault here. */
  <T> T made(Supplier<T> maker) throws PolicyFault {
    try {
      return maker.get();
    } catch (IllegalArgumentException objection) {
      throw fault(String.valueOf(objection.getMessage()));
    }
  }

  private List<Node> nodes(String key) throws PolicyFault {
    Node node = rest.remove(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw unreadable(key, node, "a list");
  }

  private <T> T one(String key, Node node, Function<String, T> parser, String form)
      throws PolicyFault {
    try {
      if (node instanceof ScalarNode scalar) {
        return parser.apply(scalar.getValue());
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // told below, with the form that is wanted
    }
    throw unreadable(key, node, form);
  }

  private PolicyFault unreadable(String key, Node node, String form) {
    return new PolicyFault(
        file,
        node.getStartMark().map(YamlSheet::lineOf).orElse(line),
        "\"" + key + "\" can't be read; write " + form);
  }

  /** A fault in this sheet. */
  PolicyFault fault(String sentence) {
    return new PolicyFault(file, line, sentence);
  }

  /** Nothing may be left. */
  void end() throws PolicyFault {
    for (Map.Entry<String, Node> entry : rest.entrySet()) {
      throw new PolicyFault(
          file,
          entry.getValue().getStartMark().map(YamlSheet::lineOf).orElse(line),
          "\"" + entry.getKey() + "\" is not known here; take it away or mend its spelling");
    }
  }

  private <T> T required(String key, Function<String, T> parser, String form) throws PolicyFault {
    return optional(key, parser, form)
        .orElseThrow(
            () -> new PolicyFault(file, line, "\"" + key + "\" is missing; write " + form));
  }

  private <T> Optional<T> optional(String key, Function<String, T> parser, String form)
      throws PolicyFault {
    Node node = rest.remove(key);
    if (node == null) {
      return Optional.empty();
    }
    return Optional.of(one(key, node, parser, form));
  }

  private static Boolean parseTruth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static int lineOf(Mark mark) {
    return mark.getLine() + 1;
  }
}
