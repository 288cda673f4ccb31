package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.emergency.MassCount;
import de.kreissiegel.ca.emergency.MassPath;
import de.kreissiegel.ca.emergency.MassRun;
import de.kreissiegel.ca.emergency.MassStep;
import de.kreissiegel.ca.emergency.Notice;
import de.kreissiegel.ca.emergency.PlanLine;
import de.kreissiegel.ca.tenancy.TenantId;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run of the mass path in words. */
final class MassText {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private MassText() {}

  /** Tells of each batch. */
  static final class Counter implements MassPath.Progress {
    private final PrintWriter out;
    private final Map<MassStep, Integer> done = new EnumMap<>(MassStep.class);

    Counter(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void done(MassStep step, int certificates) {
      out.println(
          "%s %d".formatted(word(step.name()), done.merge(step, certificates, Integer::sum)));
      out.flush();
    }
  }

  static void plan(PrintWriter out, List<PlanLine> plan) {
    for (PlanLine line : plan) {
      out.println(
          "%-9s %-20s %-40s %7d"
              .formatted(
                  word(line.turn().name()),
                  line.profile(),
                  line.tenant().map(TenantId::value).orElse("(the system's own)"),
                  line.count()));
    }
    out.println(
        "%d certificates, OCSP responders apart."
            .formatted(plan.stream().mapToLong(PlanLine::count).sum()));
    out.flush();
  }

  static void status(PrintWriter out, MassRun run, List<MassCount> counts) {
    out.println(
        "%s  %s of %s, begun %s by %s: %s"
            .formatted(
                run.auditName(),
                word(run.kind().name()),
                run.authority(),
                run.begunAt(),
                run.begunBy(),
                run.reason()));
    out.println(
        "%-9s %-20s %7s %7s %7s %7s %8s %7s  last"
            .formatted(
                "turn", "profile", "all", "revoked", "asked", "told", "replaced", "lacking"));
    for (MassCount one : counts) {
      out.println(
          "%-9s %-20s %7d %7d %7d %7d %8d %7d  %s"
              .formatted(
                  word(one.turn().name()),
                  one.profile(),
                  one.all(),
                  one.revoked(),
                  one.asked(),
                  one.told(),
                  one.replaced(),
                  one.all() - one.replaced(),
                  one.lastDone().map(Object::toString).orElse("-")));
    }
    long all = counts.stream().mapToLong(MassCount::all).sum();
    for (MassStep step : run.kind().steps()) {
      long done = counts.stream().mapToLong(count -> count.done(step)).sum();
      out.println("%-6s %d of %d, %d left".formatted(word(step.name()), done, all, all - done));
    }
    out.println(
        run.finished()
            .map(end -> "finished " + end.at() + ", certificates SHA-256 " + end.serials().toHex())
            .orElse("not finished"));
    out.flush();
  }

  /** How far the trail of this command goes, and how far the vault has signed it. */
  static void heads(PrintWriter out, String chain, AuditBook book) {
    book.heads().stream()
        .filter(head -> head.chain().equals(chain))
        .forEach(
            head ->
                out.println(
                    "audit chain %s: %d events, head %s"
                        .formatted(chain, head.sequence(), head.hash().toHex())));
    out.println(
        book.newestCheckpoint(chain)
            .map(
                point ->
                    "signed by the vault up to event %d, journal entry %d, signature %s"
                        .formatted(
                            point.head().sequence(),
                            point.journalIndex(),
                            point.signature().toHex()))
            .orElse("no head of it is signed yet: a running node signs it within seconds"));
  }

  static String json(MassRun run, Notice notice) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("number", notice.number());
    json.put("run", run.id().toString());
    json.put("kind", word(run.kind().name()));
    json.put("authority", run.authority().value());
    json.put("tenant", notice.tenant().value());
    json.put("holder", notice.holder().value());
    json.put("createdAt", notice.createdAt().toString());
    ArrayNode certificates = json.putArray("certificates");
    for (Notice.Concerned one : notice.certificates()) {
      certificates
          .addObject()
          .put("serial", one.serial().toHex())
          .put("profile", one.profile().value())
          .put("replaced", one.replaced());
    }
    return MAPPER.writeValueAsString(json);
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT);
  }
}
