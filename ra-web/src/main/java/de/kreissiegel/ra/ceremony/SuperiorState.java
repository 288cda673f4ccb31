package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** How far a request to an external superior is: a file in the folder of that request. */
record SuperiorState(Path folder) {
  /**
   * A request.
   *
   * @param state {@code requested} or {@code installed}
   * @param digest SHA-256 of the request
   * @param deadline until when the answer is needed
   */
  record Request(
      String state,
      KeyId key,
      String commonName,
      Bytes digest,
      Instant made,
      LocalDate deadline,
      String handedTo) {
    boolean open() {
      return state.equals("requested");
    }

    Request installed() {
      return new Request("installed", key, commonName, digest, made, deadline, handedTo);
    }
  }

  static SuperiorState at(Path folder) {
    return new SuperiorState(folder);
  }

  private Path file() {
    return folder.resolve("state.yaml");
  }

  boolean exists() {
    return Files.exists(file());
  }

  Request read() throws CeremonyFailed {
    YamlNode node = YamlNode.file(file());
    try {
      return new Request(
          node.text("state"),
          new KeyId(node.text("key")),
          node.text("common-name"),
          Bytes.fromHex(node.text("request-sha256")),
          Instant.parse(node.text("made")),
          LocalDate.parse(node.text("deadline")),
          node.text("handed-to"));
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new CeremonyFailed(file() + ": " + wrong.getMessage() + ".", wrong);
    }
  }

  void write(Request request) throws IOException {
    var members = new java.util.LinkedHashMap<String, String>();
    members.put("state", request.state());
    members.put("key", request.key().value());
    members.put("common-name", request.commonName());
    members.put("request-sha256", request.digest().toHex());
    members.put("made", request.made().toString());
    members.put("deadline", request.deadline().toString());
    members.put("handed-to", request.handedTo());
    String text =
        new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
            .dumpToString(members);
    Place.write(file(), text.getBytes(StandardCharsets.UTF_8));
  }
}
