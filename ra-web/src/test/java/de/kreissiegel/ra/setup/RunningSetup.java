package de.kreissiegel.ra.setup;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wizard that runs, and what its console said. */
final class RunningSetup implements AutoCloseable {
  final List<String> said = new CopyOnWriteArrayList<>();
  final Setup setup;

  RunningSetup(Path data, Clock clock) throws SetupRefused {
    setup =
        Setup.start(
            new SetupSettings(
                data, Path.of("/opt/kreissiegel"), InetAddress.getLoopbackAddress(), 0),
            said::add,
            clock,
            new SecureRandom());
  }

  String code() {
    return said.stream()
        .map(String::strip)
        .filter(line -> line.matches("([0-9A-Z]{4}-){4}[0-9A-Z]{4}"))
        .findFirst()
        .orElseThrow();
  }

  SetupBrowser browser() throws Exception {
    return new SetupBrowser(setup.port());
  }

  @Override
  public void close() throws Exception {
    setup.close();
  }
}
