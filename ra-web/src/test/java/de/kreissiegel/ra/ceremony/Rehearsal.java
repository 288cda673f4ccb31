package de.kreissiegel.ra.ceremony;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** A ceremony that a script plays, in a folder of its own. */
final class Rehearsal {
  private static final SecureRandom RANDOM = new SecureRandom();

  final Path folder;
  final Path data;
  final StringWriter said = new StringWriter();
  final Map<String, Object> answers = new LinkedHashMap<>();
  private final Clock clock;

  Rehearsal(Path folder, Clock clock) throws Exception {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.clock = clock;
    try (InputStream plan = Rehearsal.class.getResourceAsStream("plan.yaml")) {
      Files.write(folder.resolve("plan.yaml"), plan.readAllBytes());
    }
    answers.put("present", "ja");
    answers.put("tick", "ja");
    answers.put("confirm", List.of("Jürgen Weiß", "Dr. Käthe Größl"));
    answers.put("printed", "ja");
  }

  Path plan() {
    return folder.resolve("plan.yaml");
  }

  Rehearsal answer(String id, Object answer) {
    answers.put(id, answer);
    return this;
  }

  /** Each step is confirmed by the two. */
  Rehearsal confirmed(int steps) {
    List<String> names = new java.util.ArrayList<>();
    for (int i = 0; i < steps; i++) {
      names.addAll(List.of("Jürgen Weiß", "Dr. Käthe Größl"));
    }
    return answer("confirm", names);
  }

  /** All custodians read their shares back. */
  Rehearsal readBack(String folder) {
    for (String key : List.of("operational", "ceremony", "root")) {
      answer("share-" + key, shares(folder, key, 1, 2, 3));
    }
    return this;
  }

  /** Custodians give their shares, as the files of an earlier rehearsal hold them. */
  static List<String> shares(String folder, String key, int... numbers) {
    return java.util.Arrays.stream(numbers)
        .mapToObj(number -> "@%s/%d-%s.txt".formatted(folder, number, key))
        .toList();
  }

  Rehearsal given(String... keys) {
    for (String key : keys) {
      answer("share-" + key, shares("shares", key, 3, 1));
    }
    return this;
  }

  Ceremonies ceremonies(Locale language) throws Exception {
    Path script = folder.resolve("script.yaml");
    Files.writeString(
        script,
        new Dump(DumpSettings.builder().build()).dumpToString(Map.of("answers", answers)),
        StandardCharsets.UTF_8);
    return new Ceremonies(
        data,
        new ScriptedDialogue(script, data, new PrintWriter(said)),
        language,
        false,
        VaultAccess.inProcess(clock, RANDOM),
        clock,
        RANDOM);
  }

  /** What an earlier rehearsal left, for the next. */
  static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Changes the plan: a superior that isn't ours certifies this authority. */
  Rehearsal underExternalSuperior(String authority) throws Exception {
    String line = "  - {name: %s,".formatted(authority);
    String text = Files.readString(plan());
    Files.writeString(plan(), text.replace(line, line + " superior: external,"));
    return this;
  }

  /** Changes the plan: superiors that aren't ours certify all authorities. */
  Rehearsal withoutRoot() throws Exception {
    underExternalSuperior("people").underExternalSuperior("devices");
    String text = Files.readString(plan());
    Files.writeString(plan(), text.replaceAll("(?m)^root: .*\\R", ""));
    return this;
  }

  /** Makes the hierarchy that the other ceremonies need. */
  Path init() throws Exception {
    return confirmed(5).readBack(".ceremony/shares").ceremonies(Locale.GERMAN).init(plan());
  }
}
