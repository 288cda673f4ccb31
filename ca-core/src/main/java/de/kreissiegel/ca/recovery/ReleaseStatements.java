package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.OfficerCertificates;
import de.kreissiegel.ca.registration.OfficerSecurityKeys;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.approval.MalformedEvidence;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.approval.SignedRelease;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * What officers sign for each key, and whether they did. The vault checks all of it again and
 * believes none of this; here it is looked at so that who signed the wrong thing hears it at once.
 */
final class ReleaseStatements {
  /** From when the page was shown to when it was signed. */
  private static final Duration LONGEST_READING = Duration.ofHours(12);

  /** Clocks of nodes differ a little. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private static final int LONGEST_OWNER = 250;

  private final OfficerCertificates certificates;
  private final OfficerSecurityKeys securityKeys;

  ReleaseStatements(RecoveryDesk.Officers officers) {
    this.certificates = officers.certificates();
    this.securityKeys = officers.securityKeys();
  }

  /** What is signed for one key, the same for the same time. */
  static ReleaseStatement statement(Recovery.Terms terms, Recovery.Item item, Instant decided) {
    String certificate = " – " + item.authority() + "/" + item.serial();
    String name = terms.ownerName();
    int room = LONGEST_OWNER - certificate.length();
    return new ReleaseStatement(
        item.release(),
        item.vaultKey(),
        item.wrappingHash(),
        (name.length() > room ? name.substring(0, room) : name) + certificate,
        terms.reason(),
        terms.organization(),
        terms.collector().value(),
        decided);
  }

  /** The officer's certificates that the vault takes for this tenant, DER. */
  List<Bytes> certificatesFor(Actor.Person officer, Recovery.Terms terms, Instant now) {
    return good(officer.id(), terms, now);
  }

  private List<Bytes> good(SubjectId officer, Recovery.Terms terms, Instant now) {
    return certificates.of(officer, now).stream()
        .filter(one -> covers(one, terms.organization()))
        .toList();
  }

  /**
   * The officer's signature for each key, by the releases' names.
   *
   * @param signatures a CMS SignedData or a SecurityKeyApproval over each key's statement, in any
   *     order
   * @throws Refused APPROVAL_UNSIGNED, APPROVAL_INVALID
   */
  Map<UUID, Bytes> verified(
      Actor.Person officer, Recovery.Terms terms, List<Bytes> signatures, Instant now)
      throws Refused {
    if (signatures.size() != terms.items().size()) {
      throw new Refused(RefusalReason.APPROVAL_UNSIGNED, "each key takes a signature");
    }
    List<Bytes> allowed = certificatesFor(officer, terms, now).stream().map(Bytes::sha256).toList();
    Map<UUID, Bytes> verified = new HashMap<>();
    for (Bytes signature : signatures) {
      SignedRelease signed = read(signature, now);
      Instant decided = signed.statement().decided();
      require(
          !decided.isAfter(now.plus(CLOCKS)) && !decided.plus(LONGEST_READING).isBefore(now),
          "the statement is too old, or not of our time");
      require(
          terms.items().stream()
              .anyMatch(item -> statement(terms, item, decided).equals(signed.statement())),
          "what was signed is not this recovery");
      require(
          signed.securityKey().isEmpty()
              || securityKeys.isOf(officer.id(), signed.securityKey().get()),
          "the security key is not one by which this officer approves");
      require(
          allowed.contains(signed.certificate()),
          "the certificate is not a valid one of this officer for this tenant");
      require(
          verified.put(signed.statement().request(), signature) == null,
          "a key was signed for twice");
    }
    return Map.copyOf(verified);
  }

  /**
   * Of those who signed, whose signature the vault would refuse by now, since the certificate
   * behind it has ended, was revoked or held, or is for other tenants.
   *
   * @param signatures of each officer, as they were verified when they came
   */
  Set<Said> ended(Recovery recovery, Map<SubjectId, List<Bytes>> signatures, Instant now) {
    return recovery.given().stream()
        .filter(
            said ->
                !areGood(
                    said.by(),
                    recovery.terms(),
                    signatures.getOrDefault(said.by(), List.of()),
                    now))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean areGood(
      SubjectId officer, Recovery.Terms terms, List<Bytes> signatures, Instant now) {
    List<Bytes> good = good(officer, terms, now).stream().map(Bytes::sha256).toList();
    try {
      for (Bytes signature : signatures) {
        if (!good.contains(SignedRelease.certificateOf(signature))) {
          return false;
        }
      }
      return true;
    } catch (MalformedEvidence | SigningRefused unreadable) {
      return false;
    }
  }

  private static boolean covers(Bytes certificate, String organization) {
    try {
      var read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate.toArray()));
      byte[] extension = read.getExtensionValue(OfficerScope.EXTENSION);
      return extension != null
          && OfficerScope.ofExtension(Bytes.of(ASN1OctetString.getInstance(extension).getOctets()))
              .covers(organization);
    } catch (CertificateException | MalformedEvidence | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private SignedRelease read(Bytes signature, Instant now) throws Refused {
    try {
      return SignedRelease.read(signature, securityKeys.rules(), now);
    } catch (MalformedEvidence | SigningRefused unusable) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, String.valueOf(unusable.getMessage()));
    }
  }

  private static void require(boolean holds, String sentence) throws Refused {
    if (!holds) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, sentence);
    }
  }
}
