package de.kreissiegel.ca.evidence;

import de.kreissiegel.ca.audit.JsonLine;
import de.kreissiegel.ca.revision.Finding;
import de.kreissiegel.ca.revision.Revision;
import de.kreissiegel.ca.revision.RevisionBook;
import de.kreissiegel.ca.revision.Said;
import de.kreissiegel.ca.revision.SampleItem;
import de.kreissiegel.ca.revision.SealedText;
import de.kreissiegel.ca.tenancy.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Reviews as JSON lines: of each what was drawn, judged, found, checked and signed. */
final class RevisionLines {
  private final RevisionBook book;
  private final Consumer<String> lines;

  RevisionLines(RevisionBook book, Consumer<String> lines) {
    this.book = book;
    this.lines = lines;
  }

  void write(Set<TenantId> tenants, boolean house, Instant from, Instant until) {
    book.each(tenants, house, from, until, this::write);
  }

  private void write(Revision revision) {
    JsonLine line = line("revision", revision);
    revision.tenant().ifPresent(tenant -> line.text("tenant", tenant.value()));
    lines.accept(
        said(
                line.text("from", revision.from().toString())
                    .text("until", revision.until().toString())
                    .text("seed", revision.seed().toHex())
                    .number("perKind", BigInteger.valueOf(revision.perKind())),
                revision.opened())
            .end());
    for (Revision.Drawn drawn : revision.drawn()) {
      lines.accept(
          line("kind", revision)
              .text("kind", drawn.kind().name())
              .text("actions", String.join(" ", drawn.kind().actions()))
              .number("population", BigInteger.valueOf(drawn.population()))
              .number("drawn", BigInteger.valueOf(drawn.number()))
              .end());
    }
    book.items(revision.id()).forEach(item -> write(revision, item));
    book.findings(revision.id()).forEach(finding -> write(revision, finding));
    revision.check().ifPresent(check -> write(revision, check));
    revision
        .signOff()
        .ifPresent(
            signOff ->
                lines.accept(
                    said(text(line("sign-off", revision), signOff.statement()), signOff.said())
                        .number("leftOut", BigInteger.valueOf(signOff.leftOut()))
                        .text("digest", signOff.digest().toHex())
                        .end()));
  }

  private void write(Revision revision, SampleItem item) {
    JsonLine line =
        line("item", revision)
            .number("number", BigInteger.valueOf(item.number()))
            .text("kind", item.kind().name())
            .text("chain", item.event().chain())
            .number("sequence", BigInteger.valueOf(item.event().sequence()))
            .text("hash", item.hash().toHex())
            .number("findings", BigInteger.valueOf(item.findings()));
    item.inOrder().ifPresent(said -> said(line.text("judgement", "in-order"), said));
    lines.accept(line.end());
  }

  private void write(Revision revision, Finding finding) {
    JsonLine line = line("finding", revision).text("finding", finding.id().toString());
    if (finding.item().isPresent()) {
      line.number("item", BigInteger.valueOf(finding.item().getAsInt()));
    }
    lines.accept(
        said(
                text(
                    line.text("severity", finding.severity().name())
                        .text("office", finding.office().name()),
                    finding.text()),
                finding.found())
            .end());
    for (Finding.Step step : finding.steps()) {
      lines.accept(
          said(
                  text(
                      line("step", revision)
                          .text("finding", finding.id().toString())
                          .text("step", step.kind().name()),
                      step.text()),
                  step.said())
              .end());
    }
  }

  private void write(Revision revision, Revision.Check check) {
    lines.accept(
        said(
                line("check", revision)
                    .number("chains", BigInteger.valueOf(check.chains()))
                    .number("events", BigInteger.valueOf(check.events()))
                    .number("uncovered", BigInteger.valueOf(check.uncovered()))
                    .number("faults", BigInteger.valueOf(check.faults().size())),
                check.said())
            .end());
  }

  private static JsonLine line(String type, Revision revision) {
    return new JsonLine().text("type", type).text("revision", revision.id().toString());
  }

  private static JsonLine said(JsonLine line, Said said) {
    line.text("by", "person:" + said.by());
    said.name().ifPresent(name -> line.text("name", name));
    return line.text("at", said.at().toString());
  }

  private static JsonLine text(JsonLine line, SealedText text) {
    text.words().ifPresent(words -> line.text("text", words));
    text.salt().ifPresent(salt -> line.text("salt", salt.toHex()));
    return line.text("commitment", text.commitment().toHex());
  }
}
