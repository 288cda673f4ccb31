package de.kreissiegel.ra.walkthrough;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A JSON value that says what it lacks. Names are taken as in the API's description.
 *
 * @param node the value
 * @param source who sent it, for surprises
 */
record Json(JsonNode node, String source) {
  /** The text under this name. */
  String text(String name) throws Surprise {
    return find(name)
        .orElseThrow(() -> new Surprise("\"" + name + "\" from " + source, node.toString()));
  }

  /** The text or number under this name, if it is there and not null. */
  Optional<String> find(String name) {
    JsonNode value = node.path(name);
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asString())
        : Optional.empty();
  }

  /** The object under this name. */
  Json inner(String name) throws Surprise {
    JsonNode value = node.path(name);
    Surprise.unless(value.isObject(), "an object \"" + name + "\" from " + source, node.toString());
    return new Json(value, source);
  }

  /** The object under this name, if there is one. */
  Optional<Json> findInner(String name) {
    JsonNode value = node.path(name);
    return value.isObject() ? Optional.of(new Json(value, source)) : Optional.empty();
  }

  /** The values under this name, as texts; none if there is no such array. */
  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (JsonNode value : node.path(name)) {
      texts.add(value.asString());
    }
    return texts;
  }

  /** The entries of a list. */
  List<Json> items() throws Surprise {
    JsonNode list = node.path("items");
    Surprise.unless(list.isArray(), "a list \"items\" from " + source, node.toString());
    var items = new ArrayList<Json>();
    for (JsonNode value : list) {
      items.add(new Json(value, source));
    }
    return items;
  }
}
