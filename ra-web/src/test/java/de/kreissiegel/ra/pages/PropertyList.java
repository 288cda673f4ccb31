package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.pages.CollectedFiles.Saved;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Apple's profiles, read by Python. */
final class PropertyList {
  /** Reads a property list strictly and writes it as JSON; data becomes base64. */
  private static final String SCRIPT =
      """
      import base64, json, plistlib, sys
      with open(sys.argv[1], 'rb') as f: p = plistlib.load(f, fmt=plistlib.FMT_XML)
      print(json.dumps(p, default=lambda b: base64.b64encode(b).decode()))
      """;

  private PropertyList() {}

  static JsonNode read(PeerSession python, Path folder, Saved file) throws Exception {
    Path saved = Files.write(folder.resolve("profile.mobileconfig"), file.content());
    Output output = python.run("-c", SCRIPT, saved.toString());
    python.sees(
        "a well-formed property list", () -> assertThat(output.exit()).as(output.text()).isZero());
    return new JsonMapper().readTree(output.text());
  }

  /** The first payload of a type. */
  static JsonNode payload(JsonNode profile, String type) {
    return StreamSupport.stream(profile.get("PayloadContent").spliterator(), false)
        .filter(payload -> text(payload, "PayloadType").equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no payload " + type));
  }

  /** All entries that are plain values. */
  static Map<String, String> texts(JsonNode node) {
    return node.properties().stream()
        .filter(field -> field.getValue().isValueNode())
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asString()));
  }

  static String text(JsonNode node, String key) {
    return node.get(key).asString();
  }
}
