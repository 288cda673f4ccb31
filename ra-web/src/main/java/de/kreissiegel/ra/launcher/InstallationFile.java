package de.kreissiegel.ra.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * An installation's configuration, for commands that need a few of its settings and not Spring.
 *
 * @param file as {@code kreissiegel.yaml}
 */
record InstallationFile(Path file) {
  /** The file that was named, or that of the data directory. */
  static InstallationFile of(@Nullable Path named, DataDirectory folder) throws LaunchFailure {
    Path file = named == null ? folder.configuration() : named;
    if (!Files.exists(file)) {
      throw new LaunchFailure("there is no installation's configuration " + file + ".");
    }
    return new InstallationFile(file);
  }

  /** A setting under {@code kreissiegel}, as {@code trust} or {@code database.url}. */
  Optional<String> text(String key) throws IOException {
    return found(key).map(String::valueOf);
  }

  /**
   * The names of the settings under one.
   *
   * @throws IOException if it is a setting itself
   */
  Set<String> names(String key) throws IOException {
    return switch (found(key).orElse(Map.of())) {
      case Map<?, ?> map ->
          map.keySet().stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
      case Object value ->
          throw new IOException(
              "%s: kreissiegel.%s has settings under it and isn't one: %s"
                  .formatted(file, key, value));
    };
  }

  /** The same as a path. */
  Optional<Path> path(String key) throws IOException {
    return text(key).map(Path::of);
  }

  /**
   * A setting that has to be there.
   *
   * @throws IOException if it isn't
   */
  String required(String key) throws IOException {
    return text(key).orElseThrow(() -> new IOException(file + " doesn't say kreissiegel." + key));
  }

  /** The same as a path. */
  Path requiredPath(String key) throws IOException {
    return Path.of(required(key));
  }

  private Optional<Object> found(String key) throws IOException {
    Object found = all();
    for (String part : ("kreissiegel." + key).split("\\.")) {
      found = found instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return Optional.ofNullable(found);
  }

  private Object all() throws IOException {
    try {
      Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return read == null ? Map.of() : read;
    } catch (YamlEngineException malformed) {
      throw new IOException(file + " is not YAML", malformed);
    }
  }
}
