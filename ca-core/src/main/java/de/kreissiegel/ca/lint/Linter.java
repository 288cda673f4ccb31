package de.kreissiegel.ca.lint;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * Reads what is about to be signed, as a stranger would, and holds it against the rules: RFC 5280,
 * BSI TR-02102-1 and TR-03116-4, S/MIME (RFC 8550), and our own.
 */
public final class Linter {
  private Linter() {}

  /** The right to a {@link LintedTbsCertificate}. */
  static final class Pass {
    private final Bytes encoded;

    private Pass(Bytes encoded) {
      this.encoded = encoded;
    }

    Bytes encoded() {
      return encoded;
    }
  }

  /**
   * Lets the octets pass.
   *
   * @throws Refused LINT, with all findings
   */
  public static LintedTbsCertificate check(Bytes encoded, LintContext context) throws Refused {
    List<LintFinding> findings = findings(encoded, context);
    if (!findings.isEmpty()) {
      throw new Refused(
          RefusalReason.LINT,
          findings.stream().map(LintFinding::toString).collect(Collectors.joining("; ")));
    }
    return LintedTbsCertificate.passed(new Pass(encoded));
  }

  /** What there is to say of them. */
  public static List<LintFinding> findings(Bytes encoded, LintContext context) {
    var findings = new Findings();
    try {
      byte[] octets = encoded.toArray();
      TBSCertificate tbs = TBSCertificate.getInstance(octets);
      findings.check(
          Arrays.equals(tbs.getEncoded(ASN1Encoding.DER), octets),
          "rfc5280.der",
          "a TBSCertificate is in DER (§4.1)");
      Rfc5280Lints.check(tbs, context, findings);
      BsiLints.check(tbs, context, findings);
      HouseLints.check(tbs, context, findings);
    } catch (IOException | RuntimeException unreadable) {
      findings.check(false, "rfc5280.form", "this is no TBSCertificate: " + unreadable);
    }
    return findings.list();
  }

  /** Collects. */
  static final class Findings {
    private final List<LintFinding> found = new ArrayList<>();

    void check(boolean holds, String lint, String rule) {
      if (!holds) {
        found.add(new LintFinding(lint, rule));
      }
    }

    List<LintFinding> list() {
      return List.copyOf(found);
    }
  }
}
