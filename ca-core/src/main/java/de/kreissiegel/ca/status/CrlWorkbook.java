package de.kreissiegel.ca.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the issuer does. */
final class CrlWorkbook {
  private final Map<CrlName, CrlWork> all = new ConcurrentHashMap<>();

  void made(CrlName name, Duration took) {
    all.merge(
        name,
        new CrlWork(name, 1, 0, took),
        (before, one) -> new CrlWork(name, before.made() + 1, before.failed(), took));
  }

  void failed(CrlName name) {
    all.merge(
        name,
        new CrlWork(name, 0, 1, Duration.ZERO),
        (before, one) -> new CrlWork(name, before.made(), before.failed() + 1, before.last()));
  }

  List<CrlWork> all() {
    return List.copyOf(all.values());
  }
}
