package de.kreissiegel.ca.evidence;

import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleMatrix;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.audit.AuditExport;
import de.kreissiegel.ca.audit.AuditSpan;
import de.kreissiegel.ca.audit.JsonLine;
import de.kreissiegel.ca.audit.PeriodCheck;
import de.kreissiegel.ca.audit.WrittenEvent;
import de.kreissiegel.ca.disclosure.Statistics;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One file of evidence, written as it is read. */
final class EvidenceFile {
  private final EvidenceDesk.Records records;
  private final List<RoleSource> roles;
  private final Bytes auditKey;
  private final Scope scope;
  private final Instant at;

  /**
   * What is in it.
   *
   * @param tenants of which tenants
   * @param house whether the house's own affairs are, too
   * @param actor for whom
   */
  record Scope(EvidenceQuery query, Set<TenantId> tenants, boolean house, Actor actor) {
    boolean has(WrittenEvent event) {
      return event
          .tenant()
          .map(tenant -> tenants.stream().anyMatch(one -> one.value().equals(tenant)))
          .orElse(house);
    }
  }

  /** A file in it. */
  private record Entry(String name, long size, String sha256) {}

  EvidenceFile(
      EvidenceDesk.Records records,
      List<RoleSource> roles,
      Bytes auditKey,
      Scope scope,
      Clock clock) {
    this.records = records;
    this.roles = roles;
    this.auditKey = auditKey;
    this.scope = scope;
    this.at = clock.instant();
  }

  /**
   * Writes it.
   *
   * @return SHA-256 of its manifest
   */
  Bytes writeTo(OutputStream out) throws IOException {
    var zip = new ZipOutputStream(out);
    var entries = new ArrayList<Entry>();
    entries.add(copied(zip, "LIESMICH.txt"));
    entries.add(copied(zip, "README.txt"));
    entries.add(entry(zip, "audit-key.pem", this::key));
    Map<String, Long> counts = new TreeMap<>();
    entries.add(entry(zip, "events.jsonl", lines -> events(lines, counts)));
    entries.add(entry(zip, "check.jsonl", this::check));
    entries.add(
        entry(
            zip,
            "revisions.jsonl",
            lines ->
                new RevisionLines(records.revisions(), lines)
                    .write(
                        scope.tenants(),
                        scope.house(),
                        scope.query().from(),
                        scope.query().until())));
    entries.add(entry(zip, "roles.jsonl", this::roles));
    entries.add(entry(zip, "statistics-events.csv", lines -> counted(lines, counts)));
    entries.add(entry(zip, "statistics-certificates.csv", this::certificates));
    Entry manifest = entry(zip, "manifest.jsonl", lines -> manifest(lines, entries));
    entries.add(manifest);
    entry(
        zip,
        "SHA256SUMS",
        lines -> entries.forEach(one -> lines.accept(one.sha256() + "  " + one.name())));
    zip.finish();
    zip.flush();
    return Bytes.of(HexFormat.of().parseHex(manifest.sha256()));
  }

  /** Writes the lines of one file. */
  private interface Lines {
    void to(Consumer<String> lines);
  }

  private Entry copied(ZipOutputStream zip, String name) throws IOException {
    try (InputStream in = EvidenceFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return entry(zip, name, lines -> text.lines().forEach(lines));
    }
  }

  private Entry entry(ZipOutputStream zip, String name, Lines content) throws IOException {
    var head = new ZipEntry(name);
    head.setTime(at.toEpochMilli());
    zip.putNextEntry(head);
    var counting = new Counting(zip);
    try {
      content.to(counting::line);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    zip.closeEntry();
    return new Entry(name, counting.size, counting.sha256());
  }

  /** Counts and digests what goes through. */
  private static final class Counting {
    private final OutputStream out;
    private final MessageDigest digest;
    private long size;

    Counting(OutputStream out) {
      this.out = out;
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    void line(String line) {
      byte[] octets = (line + "\n").getBytes(StandardCharsets.UTF_8);
      try {
        out.write(octets);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      digest.update(octets);
      size += octets.length;
    }

    String sha256() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private void key(Consumer<String> lines) {
    lines.accept("-----BEGIN PUBLIC KEY-----");
    Base64.getMimeEncoder(64, new byte[] {'\n'})
        .encodeToString(auditKey.toArray())
        .lines()
        .forEach(lines);
    lines.accept("-----END PUBLIC KEY-----");
  }

  private void events(Consumer<String> lines, Map<String, Long> counts) {
    EvidenceQuery query = scope.query();
    for (AuditSpan span : AuditSpan.of(records.events(), query.from(), query.until())) {
      AuditExport.write(
          records.events(),
          span,
          event -> {
            boolean shown = scope.has(event);
            if (shown && !event.at().isBefore(query.from()) && event.at().isBefore(query.until())) {
              counts.merge(event.tenant().orElse("-") + ";" + event.action(), 1L, Long::sum);
            }
            return shown;
          },
          lines);
    }
  }

  private void check(Consumer<String> lines) {
    PeriodCheck.Result seen =
        new PeriodCheck(records.events(), auditKey)
            .verify(scope.query().from(), scope.query().until());
    lines.accept(
        new JsonLine()
            .text("type", "check")
            .text("from", scope.query().from().toString())
            .text("until", scope.query().until().toString())
            .number("chains", BigInteger.valueOf(seen.chains()))
            .number("events", BigInteger.valueOf(seen.events()))
            .number("uncovered", BigInteger.valueOf(seen.uncovered()))
            .number("faults", BigInteger.valueOf(seen.faults().size()))
            .end());
    seen.faults()
        .forEach(
            fault -> lines.accept(new JsonLine().text("type", "fault").text("text", fault).end()));
  }

  private void roles(Consumer<String> lines) {
    for (Office office : Office.values()) {
      for (Action action : RoleMatrix.actionsOf(office)) {
        lines.accept(matrix("may", office).text("action", action.name()).end());
      }
      for (Office other : Office.values()) {
        if (office.excludes(other)) {
          lines.accept(matrix("excludes", office).text("other", other.name()).end());
        }
      }
    }
    for (RoleSource source : roles) {
      lines.accept(
          matrix("group", source.office())
              .text("directory", source.directory())
              .text("group", source.group())
              .end());
    }
  }

  private static JsonLine matrix(String type, Office office) {
    return new JsonLine().text("type", type).text("office", office.name());
  }

  private static void counted(Consumer<String> lines, Map<String, Long> counts) {
    lines.accept("tenant;action;events");
    counts.forEach((key, count) -> lines.accept(key + ";" + count));
  }

  private void certificates(Consumer<String> lines) {
    Statistics.lines(
            records.disclosure(),
            false,
            tenant ->
                tenant.equals("-")
                    ? scope.house()
                    : scope.tenants().stream().anyMatch(one -> one.value().equals(tenant)))
        .forEach(lines);
  }

  private void manifest(Consumer<String> lines, List<Entry> entries) {
    lines.accept(
        new JsonLine()
            .text("type", "evidence")
            .text("from", scope.query().from().toString())
            .text("until", scope.query().until().toString())
            .text("exportedAt", at.toString())
            .text("exportedBy", scope.actor().auditName())
            .text(
                "tenants",
                scope.tenants().stream()
                    .map(TenantId::value)
                    .sorted()
                    .collect(Collectors.joining(" ")))
            .text("house", scope.house() ? "yes" : "no")
            .end());
    for (Entry entry : entries) {
      lines.accept(
          new JsonLine()
              .text("type", "file")
              .text("name", entry.name())
              .number("size", BigInteger.valueOf(entry.size()))
              .text("sha256", entry.sha256())
              .end());
    }
  }
}
