package de.kreissiegel.ca.lint;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what is about to be signed, as a stranger would, and holds it against all lints. */
public final class Linter {
  private final Case.Knowledge knowledge;

  /**
   * @param keys what the house knows of keys
   * @param lists of weak keys
   */
  public Linter(KnownKeys keys, WeakKeyLists lists) {
    this.knowledge = new Case.Knowledge(keys, lists, new SharedFactors());
  }

  /** One that knows of no other certificates, as for a stranger's file. */
  public static Linter alone() {
    return new Linter(KnownKeys.none(), WeakKeyLists.none());
  }

  /** The right to a {@link LintedTbsCertificate}. */
  static final class Pass {
    private final Bytes encoded;
    private final List<LintFinding> remarks;

    private Pass(Bytes encoded, List<LintFinding> remarks) {
      this.encoded = encoded;
      this.remarks = remarks;
    }

    Bytes encoded() {
      return encoded;
    }

    List<LintFinding> remarks() {
      return remarks;
    }
  }

  /**
   * Lets the octets pass.
   *
   * @param encoded TBSCertificate, DER
   * @throws Refused LINT, with all errors
   */
  public LintedTbsCertificate check(Bytes encoded, LintContext context) throws Refused {
    List<LintFinding> findings = findings(encoded, context);
    List<LintFinding> errors =
        findings.stream().filter(finding -> finding.lint().severity() == Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new Refused(
          RefusalReason.LINT,
          errors.stream().map(LintFinding::toString).collect(Collectors.joining("; ")));
    }
    return LintedTbsCertificate.passed(new Pass(encoded, findings));
  }

  /** All that there is to say of a TBSCertificate, in the catalog's order. */
  public List<LintFinding> findings(Bytes encoded, LintContext context) {
    var report = new Report(FieldLints.DER);
    try {
      byte[] octets = encoded.toArray();
      if (octets.length > CertificateReading.LONGEST) {
        throw new Malformed("longer than " + CertificateReading.LONGEST + " octets");
      }
      Der tbs = Der.read(octets);
      report.speaks(FieldLints.FORM);
      var it = new Case(CertificateReading.of(tbs), context, knowledge);
      for (Lint lint : LintCatalog.all()) {
        report.speaks(lint);
        lint.check().run(it, report);
      }
    } catch (Malformed unreadable) {
      report.broken(unreadable.what());
    }
    return report.findings();
  }

  /**
   * The TBSCertificate of a certificate that is signed already.
   *
   * @param certificate Certificate, DER
   * @return empty if it is no certificate in DER
   */
  public static java.util.Optional<Bytes> toBeSigned(Bytes certificate) {
    try {
      Der read = Der.read(certificate.toArray()).as(Der.SEQUENCE);
      return read.children().size() == 3
          ? java.util.Optional.of(Bytes.of(read.child(0).as(Der.SEQUENCE).encoded()))
          : java.util.Optional.empty();
    } catch (Malformed none) {
      return java.util.Optional.empty();
    }
  }
}
