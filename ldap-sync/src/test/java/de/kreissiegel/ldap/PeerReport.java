package de.kreissiegel.ldap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What programs of others were seen to do, by all tests of this run. */
final class PeerReport {
  private static final StringBuilder ALL = new StringBuilder();

  private PeerReport() {}

  static synchronized void add(String lines) throws IOException {
    ALL.append(lines);
    Path report = Path.of("target", "peers", "report.txt");
    Files.createDirectories(report.getParent());
    Files.writeString(report, ALL);
    System.out.print("Peers\n" + lines);
  }
}
