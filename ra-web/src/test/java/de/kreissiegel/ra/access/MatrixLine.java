package de.kreissiegel.ra.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of {@code access-matrix.txt}; the file's head explains its form.
 *
 * @param cells the answers for anonymous, staff, officer, auditor, and the officer by password
 * @param sent what the request carries, as written; may be empty
 */
record MatrixLine(String method, String path, List<String> cells, String sent) {
  private static final List<String> ROLES =
      List.of("anonymous", "staff", "officer", "auditor", "password");

  static List<MatrixLine> read() {
    try (var in = MatrixLine.class.getResourceAsStream("/access-matrix.txt")) {
      if (in == null) {
        throw new IllegalStateException("access-matrix.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(MatrixLine::of)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static MatrixLine of(String line) {
    var halves = line.split("\\|", 2);
    var words = halves[0].strip().split("\\s+");
    if (words.length != 2 + ROLES.size()) {
      throw new IllegalStateException("method, path and five cells are needed: " + line);
    }
    return new MatrixLine(
        words[0],
        words[1],
        List.of(words).subList(2, words.length),
        halves.length == 1 ? "" : halves[1].strip());
  }

  String mapping() {
    return method + " " + path;
  }

  String own(String role) {
    return cell(role)[0];
  }

  String foreign(String role) {
    var both = cell(role);
    return both[both.length - 1];
  }

  private String[] cell(String role) {
    return cells.get(ROLES.indexOf(role)).split("/");
  }

  Optional<String> json() {
    return sent.startsWith("{") ? Optional.of(sent) : Optional.empty();
  }

  Map<String, String> form() {
    var form = new LinkedHashMap<String, String>();
    if (!sent.isEmpty() && !sent.startsWith("{")) {
      for (String pair : sent.split("&")) {
        var parts = pair.split("=", 2);
        form.put(parts[0], parts[1]);
      }
    }
    return form;
  }
}
