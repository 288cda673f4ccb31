package de.kreissiegel.ra.credentials;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping of the document, which names what it lacks by its whole path. */
final class YamlNode {
  private final Map<?, ?> values;
  private final String source;
  private final String path;

  private YamlNode(Map<?, ?> values, String source, String path) {
    this.values = values;
    this.source = source;
    this.path = path;
  }

  static YamlNode root(Object document, String source) throws CredentialsUnreadable {
    if (document instanceof Map<?, ?> values) {
      return new YamlNode(values, source, "");
    }
    throw new CredentialsUnreadable(source + " is not a mapping of keys and values");
  }

  YamlNode map(String key) throws CredentialsUnreadable {
    if (values.get(key) instanceof Map<?, ?> inner) {
      return new YamlNode(inner, source, path + key + ".");
    }
    throw lacks(key);
  }

  String text(String key) throws CredentialsUnreadable {
    @Nullable Object value = values.get(key);
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw lacks(key);
  }

  URI address(String key) throws CredentialsUnreadable {
    return CredentialsYaml.uri(text(key), source + ": " + path + key);
  }

  private CredentialsUnreadable lacks(String key) {
    return new CredentialsUnreadable(source + " lacks " + path + key);
  }
}
