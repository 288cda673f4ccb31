package de.kreissiegel.ra.ceremony;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A mapping in a YAML file; what is wrong with it is said with file and place.
 *
 * @param place the file, and the way to this mapping in it
 */
record YamlNode(String place, Map<String, Object> members) {
  static YamlNode file(Path file) throws CeremonyFailed {
    try {
      Object read =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      return of(file.toString(), read);
    } catch (IOException unreadable) {
      throw new CeremonyFailed(file + " can't be read.", unreadable);
    } catch (YamlEngineException notYaml) {
      throw new CeremonyFailed(file + " is not YAML: " + notYaml.getMessage(), notYaml);
    }
  }

  private static YamlNode of(String place, Object read) throws CeremonyFailed {
    if (!(read instanceof Map<?, ?> map)) {
      throw new CeremonyFailed(place + ": a mapping belongs here.");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (value != null) {
            members.put(String.valueOf(name), value);
          }
        });
    return new YamlNode(place, members);
  }

  Set<String> names() {
    return members.keySet();
  }

  /** Nothing but these may stand here: a mistyped name would go unnoticed. */
  YamlNode only(String... known) throws CeremonyFailed {
    for (String name : members.keySet()) {
      if (!List.of(known).contains(name)) {
        throw new CeremonyFailed(
            "%s: nobody knows '%s'; write one of %s."
                .formatted(place, name, String.join(", ", known)));
      }
    }
    return this;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) throws CeremonyFailed {
    return optional(name)
        .orElseThrow(() -> new CeremonyFailed("%s lacks '%s'.".formatted(place, name)));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(members.get(name)).map(String::valueOf);
  }

  String text(String name, String otherwise) {
    return optional(name).orElse(otherwise);
  }

  YamlNode child(String name) throws CeremonyFailed {
    return of(place + ", " + name, members.getOrDefault(name, Map.of()));
  }

  List<YamlNode> children(String name) throws CeremonyFailed {
    var children = new ArrayList<YamlNode>();
    if (members.get(name) instanceof List<?> items) {
      for (Object item : items) {
        children.add(of("%s, %s %d".formatted(place, name, children.size() + 1), item));
      }
    }
    return List.copyOf(children);
  }

  /** One text, or a list of them. */
  List<String> texts(String name) {
    return switch (members.get(name)) {
      case List<?> items -> items.stream().map(String::valueOf).toList();
      case null -> List.of();
      case Object one -> List.of(String.valueOf(one));
    };
  }
}
