package de.kreissiegel.hsm.token.pkcs11;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

/** Counts what each peer was seen to say, and writes the module's report. */
public final class Heard {
  private static final Map<String, Integer> COUNTS = new TreeMap<>();
  private static final Map<String, String> VERSIONS = new TreeMap<>();

  private Heard() {}

  /** An assertion about what a peer did with our work. */
  public static synchronized <T> ObjectAssert<T> from(String peer, T said) {
    COUNTS.merge(peer, 1, Integer::sum);
    return Assertions.assertThat(said);
  }

  /** Writes what was heard so far; each class of tests calls it at its end. */
  public static synchronized void tell() throws Exception {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Integer> one : COUNTS.entrySet()) {
      text.append(
          "%-12s %5d assertions   %s%n"
              .formatted(one.getKey(), one.getValue(), version(one.getKey())));
    }
    Path report = Path.of("target", "peers", "report.txt");
    Files.createDirectories(report.getParent());
    Files.writeString(report, text);
  }

  private static String version(String peer) throws Exception {
    String known = VERSIONS.get(peer);
    if (known == null) {
      known =
          switch (peer) {
            case "softhsm2" -> "SoftHSM " + first("softhsm2-util", "--version");
            case "pkcs11-tool" -> first("dpkg-query", "-W", "-f=OpenSC ${Version}", "opensc");
            case "openssl" -> first("openssl", "version");
            default -> first(peer, "--version");
          };
      VERSIONS.put(peer, known);
    }
    return known;
  }

  private static String first(String... command) throws Exception {
    return SoftHsm.start().say(command).text().lines().findFirst().orElse("").strip();
  }
}
