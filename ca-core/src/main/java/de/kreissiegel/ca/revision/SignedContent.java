package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a sign-off is over, as text in UTF-8, a line feed after each line; {@code docs/audit.md}
 * describes it. Of free text it has the commitments, so that it can be computed when the words were
 * erased.
 */
public final class SignedContent {
  private SignedContent() {}

  /** Its SHA-256. */
  public static Bytes digest(
      Revision revision, List<SampleItem> items, List<Finding> findings, SealedText statement) {
    var text = new StringBuilder();
    line(
        text,
        "revision",
        revision.id(),
        revision.tenant().map(TenantId::value).orElse("-"),
        revision.from(),
        revision.until(),
        revision.seed().toHex(),
        revision.perKind());
    for (Revision.Drawn one : revision.drawn()) {
      line(text, "kind", one.kind(), one.population(), one.number());
    }
    for (SampleItem item : items) {
      line(
          text,
          "item",
          item.number(),
          item.kind(),
          item.event().chain(),
          item.event().sequence(),
          item.hash().toHex(),
          item.inOrder().map(said -> "in-order " + said.by()).orElse("-"));
    }
    for (Finding finding : findings) {
      line(
          text,
          "finding",
          finding.id(),
          finding.item().isPresent() ? finding.item().getAsInt() : "-",
          finding.severity(),
          finding.office(),
          finding.text().commitment().toHex(),
          finding.found().by());
    }
    revision
        .check()
        .ifPresent(
            check ->
                line(
                    text,
                    "check",
                    check.chains(),
                    check.events(),
                    check.uncovered(),
                    check.faults().size()));
    line(text, "statement", statement.commitment().toHex());
    return Bytes.of(text.toString().getBytes(StandardCharsets.UTF_8)).sha256();
  }

  private static void line(StringBuilder text, Object... parts) {
    for (int i = 0; i < parts.length; i++) {
      text.append(i == 0 ? "" : " ").append(parts[i]);
    }
    text.append('\n');
  }
}
