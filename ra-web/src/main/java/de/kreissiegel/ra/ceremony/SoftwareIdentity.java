package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CeremonyRecord.Jar;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Software;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which software this is: the digest of each file on its class path. */
final class SoftwareIdentity {
  /** As Kreissiegel's own jars say it. */
  private static final String VERSION = "0.1.0";

  private static Optional<Software> measured = Optional.empty();

  private SoftwareIdentity() {}

  /** Measures once: what a process runs doesn't change under it. */
  static synchronized Software measure() throws IOException {
    if (measured.isEmpty()) {
      measured = Optional.of(measured());
    }
    return measured.get();
  }

  private static Software measured() throws IOException {
    var jars = new ArrayList<Jar>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path file = Path.of(entry);
      if (Files.isRegularFile(file)) {
        jars.add(new Jar(String.valueOf(file.getFileName()), digest(file)));
      } else if (Files.isDirectory(file)) {
        jars.add(new Jar(folderName(file), folder(file)));
      }
    }
    jars.sort(Comparator.comparing(Jar::name));
    String lines =
        jars.stream()
            .map(jar -> jar.sha256().toHex() + "  " + jar.name() + "\n")
            .collect(Collectors.joining());
    return new Software(
        VERSION,
        System.getProperty("java.vendor") + " " + Runtime.version(),
        Digest.sha256(lines.getBytes(StandardCharsets.UTF_8)),
        jars);
  }

  private static Bytes digest(Path file) throws IOException {
    MessageDigest digest = Digest.newSha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return Bytes.of(digest.digest());
  }

  /** Classes that were not packed: the digest of their names and digests. */
  private static Bytes folder(Path folder) throws IOException {
    var lines = new StringBuilder();
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        lines
            .append(digest(file).toHex())
            .append("  ")
            .append(folder.relativize(file))
            .append('\n');
      }
    }
    return Digest.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String folderName(Path folder) {
    int names = folder.getNameCount();
    return folder.subpath(Math.max(0, names - 3), names) + "/";
  }
}
