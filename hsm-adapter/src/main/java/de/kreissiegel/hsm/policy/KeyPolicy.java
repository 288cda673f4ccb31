package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one key may sign; what isn't allowed here is refused. It stands as a YAML file beside the
 * key, and its digest in every journal entry.
 *
 * @param certificates which certificates; none means no certificate at all
 * @param lists which CRLs
 * @param ocsp which OCSP answers
 * @param auditHeads whether it signs heads of audit chains
 * @param ceremony whether it signs policies and records of ceremonies
 * @param lesser what else
 * @param officers who approves its certificates; none means that no approval counts
 * @param terms how often, when and with which kind of key
 */
public record KeyPolicy(
    Optional<CertificateRules> certificates,
    Optional<ListRules> lists,
    Optional<OcspRules> ocsp,
    boolean auditHeads,
    boolean ceremony,
    LesserRules lesser,
    Optional<OfficerRules> officers,
    KeyTerms terms) {
  private static final Duration BACKDATING = Duration.ofHours(2);
  private static final int LONGEST_ROOT_DAYS = 366 * 30;
  private static final int ROOT_LIST_DAYS = 400;
  private static final int ISSUING_LIST_DAYS = 32;

  /** Without officers, under the usual terms. */
  public KeyPolicy(
      Optional<CertificateRules> certificates,
      Optional<ListRules> lists,
      Optional<OcspRules> ocsp,
      boolean auditHeads,
      boolean ceremony,
      LesserRules lesser) {
    this(certificates, lists, ocsp, auditHeads, ceremony, lesser, Optional.empty(), KeyTerms.USUAL);
  }

  /** Without anything else. */
  public KeyPolicy(
      Optional<CertificateRules> certificates,
      Optional<ListRules> lists,
      Optional<OcspRules> ocsp,
      boolean auditHeads,
      boolean ceremony) {
    this(certificates, lists, ocsp, auditHeads, ceremony, LesserRules.NONE);
  }

  /** Certificates by these rules, and the lists of what is revoked of them. */
  public static KeyPolicy of(CertificateRules certificates, ListRules lists) {
    return new KeyPolicy(
        Optional.of(certificates), Optional.of(lists), Optional.empty(), false, false);
  }

  /** This, with these as officers. */
  public KeyPolicy with(OfficerRules rules) {
    return new KeyPolicy(
        certificates, lists, ocsp, auditHeads, ceremony, lesser, Optional.of(rules), terms);
  }

  /** This, under these terms. */
  public KeyPolicy with(KeyTerms conditions) {
    return new KeyPolicy(
        certificates, lists, ocsp, auditHeads, ceremony, lesser, officers, conditions);
  }

  /** A key for one of the lesser things only. */
  public static KeyPolicy of(LesserRules lesser) {
    return new KeyPolicy(
        Optional.empty(), Optional.empty(), Optional.empty(), false, false, lesser);
  }

  /**
   * A root: signs its own certificate with path length 1, those of subordinate authorities, and its
   * CRLs. No end entity.
   *
   * @param name the DER of its Name
   * @param notAfterLimit the end of its own certificate
   */
  public static KeyPolicy root(Bytes name, Instant notAfterLimit) {
    CertificateKind authority =
        CertificateKind.authority(
            "authority",
            Marks.ofAuthority(),
            1,
            new ValidityRules(
                Duration.ofDays(LONGEST_ROOT_DAYS),
                Optional.empty(),
                BACKDATING,
                Optional.empty()));
    return of(
        new CertificateRules(name, Optional.empty(), notAfterLimit, List.of(), List.of(authority)),
        lists(name, ROOT_LIST_DAYS));
  }

  /**
   * An issuing authority: certificates of end entities, and its CRLs. Never a CA certificate.
   *
   * @param name the DER of its Name
   * @param longestValidity of a certificate, from notBefore to notAfter
   * @param notAfterLimit the end of the authority's own certificate
   */
  public static KeyPolicy issuing(Bytes name, Duration longestValidity, Instant notAfterLimit) {
    CertificateKind any =
        CertificateKind.endEntity(
            "end-entity",
            Marks.endEntity(),
            new ValidityRules(longestValidity, Optional.empty(), BACKDATING, Optional.empty()));
    return of(
        new CertificateRules(name, Optional.empty(), notAfterLimit, List.of(), List.of(any)),
        lists(name, ISSUING_LIST_DAYS));
  }

  private static ListRules lists(Bytes issuer, int days) {
    return new ListRules(issuer, Duration.ofDays(days), BACKDATING);
  }

  /** An OCSP responder that names itself by the hash of its key: OCSP answers only. */
  public static KeyPolicy ocspResponder() {
    return new KeyPolicy(
        Optional.empty(), Optional.empty(), Optional.of(ocspRules(Optional.empty())), false, false);
  }

  /**
   * An OCSP responder that may name itself by its Name, too.
   *
   * @param responderName the DER of the Name in its certificate
   */
  public static KeyPolicy ocspResponder(Bytes responderName) {
    return new KeyPolicy(
        Optional.empty(),
        Optional.empty(),
        Optional.of(ocspRules(Optional.of(responderName))),
        false,
        false);
  }

  /** The key that signs the heads of the audit chains, nothing else. */
  public static KeyPolicy audit() {
    return new KeyPolicy(Optional.empty(), Optional.empty(), Optional.empty(), true, false);
  }

  /** The key that signs the journal's checkpoints: nothing that anybody could ask for. */
  public static KeyPolicy nothing() {
    return new KeyPolicy(Optional.empty(), Optional.empty(), Optional.empty(), false, false);
  }

  /** The key that signs policies and records of ceremonies. It has no policy file itself. */
  public static KeyPolicy ofCeremony() {
    return new KeyPolicy(Optional.empty(), Optional.empty(), Optional.empty(), false, true);
  }

  /** The structures it lets through at all. */
  public Set<SignedStructure> structures() {
    Set<SignedStructure> allowed = EnumSet.allOf(SignedStructure.class);
    allowed.removeIf(structure -> !signs(structure));
    return Set.copyOf(allowed);
  }

  /** Whether it lets that structure through at all. */
  boolean signs(SignedStructure structure) {
    return switch (structure) {
      case CERTIFICATE -> certificates.isPresent();
      case CERTIFICATE_LIST -> lists.isPresent();
      case OCSP_RESPONSE -> ocsp.isPresent();
      case AUDIT_HEAD -> auditHeads;
      case KEY_POLICY, CEREMONY_RECORD, ERASURE_ORDER -> ceremony;
      case CERTIFICATION_REQUEST -> lesser.requests().isPresent();
      case TIME_STAMP -> lesser.timeStamps().isPresent();
      case CMS_ATTRIBUTES -> lesser.cms().isPresent();
      case RELEASE_RECEIPT -> false;
    };
  }

  /** How often it signs what turned out to be of that kind, {@link Passed#kind}. */
  public SignatureRate rate(String kind) {
    if (certificates.isPresent()) {
      for (CertificateKind one : certificates.get().kinds()) {
        if (one.name().equals(kind)) {
          return one.rate();
        }
      }
    }
    return switch (kind) {
      case "time_stamp" -> lesser.timeStamps().map(TimeStampRules::rate).orElse(SignatureRate.ANY);
      case "cms_attributes" -> lesser.cms().map(CmsRules::rate).orElse(SignatureRate.ANY);
      case "release", "release_receipt" ->
          lesser.release().map(ReleaseRules::rate).orElse(SignatureRate.ANY);
      default -> SignatureRate.ANY;
    };
  }

  private static OcspRules ocspRules(Optional<Bytes> responderName) {
    return new OcspRules(responderName, Duration.ofMinutes(10), Duration.ofDays(8));
  }
}
