package de.kreissiegel.ra.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Which peers were asked, in which version, and how often they were heard. Written at the end. */
final class PeerReport implements AutoCloseable {
  private final Map<Peer, String> versions = new EnumMap<>(Peer.class);
  private final Map<Peer, Integer> assertions = new EnumMap<>(Peer.class);
  private final Path file;

  PeerReport() {
    this(Path.of("target", "peers", "report.txt"));
  }

  PeerReport(Path file) {
    this.file = file;
  }

  synchronized void found(Peer peer, String version) {
    versions.put(peer, version);
    assertions.putIfAbsent(peer, 0);
  }

  synchronized void missing(Peer peer) {
    versions.put(peer, "SKIPPED: not installed");
  }

  synchronized void count(Peer peer, int more) {
    assertions.merge(peer, more, Integer::sum);
  }

  synchronized String text() {
    var lines = new StringBuilder();
    versions.forEach(
        (peer, version) ->
            lines.append(
                "%-12s %5d assertions   %s%n"
                    .formatted(peer.program(), assertions.getOrDefault(peer, 0), version)));
    return lines.toString();
  }

  /**
   * Writes the report.
   *
   * @throws IllegalStateException if a peer that is there was not heard once
   */
  @Override
  public synchronized void close() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text());
    System.out.print("Peers\n" + text());
    assertions.forEach(
        (peer, count) -> {
          if (count == 0) {
            throw new IllegalStateException(peer.program() + " was asked, but made no assertion");
          }
        });
  }
}
