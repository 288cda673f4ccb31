package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One file of vectors; see the README beside them. */
record WycheproofFile(String name, List<Vector> vectors) {
  static WycheproofFile read(String name) throws Exception {
    try (InputStream packed =
            Objects.requireNonNull(
                WycheproofFile.class.getResourceAsStream("/wycheproof/" + name + ".json.gz"),
                name);
        InputStream in = new GZIPInputStream(packed)) {
      JsonNode file = new ObjectMapper().readTree(in);
      List<Vector> vectors = new ArrayList<>();
      for (JsonNode group : file.get("testGroups")) {
        for (JsonNode test : group.get("tests")) {
          vectors.add(new Vector(group, test));
        }
      }
      assertThat(vectors).hasSize(file.get("numberOfTests").intValue()).isNotEmpty();
      return new WycheproofFile(name, vectors);
    }
  }

  record Vector(JsonNode group, JsonNode test) {
    byte[] ofGroup(String field) {
      return HexFormat.of().parseHex(group.get(field).stringValue());
    }

    byte[] octets(String field) {
      return HexFormat.of().parseHex(test.get(field).stringValue());
    }

    Optional<byte[]> optional(String field) {
      return test.has(field) ? Optional.of(octets(field)) : Optional.empty();
    }

    boolean hasContext() {
      return optional("ctx").filter(context -> context.length > 0).isPresent();
    }

    boolean hasFlag(String flag) {
      return test.get("flags").valueStream().anyMatch(one -> one.stringValue().equals(flag));
    }

    String result() {
      return test.get("result").stringValue();
    }

    @Override
    public String toString() {
      return test.get("tcId") + " " + test.get("comment") + " " + test.get("flags");
    }
  }
}
