package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.approval.MalformedEvidence;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.approval.SignedApproval;
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
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * What an officer signs, and whether they did. The vault checks all of it again and believes none
 * of this; it is looked at here so that whoever signed the wrong thing hears of it at once, and not
 * the applicant when the certificate is due.
 */
final class OfficerApprovals {
  /** From when the page was shown to when it was signed; sessions don't last longer. */
  private static final Duration LONGEST_READING = Duration.ofHours(12);

  /** Clocks of nodes differ a little. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private final ProfileCatalog profiles;
  private final Issuing issuing;
  private final OfficerCertificates certificates;
  private final OfficerSecurityKeys securityKeys;

  OfficerApprovals(ProfileCatalog profiles, Issuing issuing, RegistrationDesk.Officers officers) {
    this.profiles = profiles;
    this.issuing = issuing;
    this.certificates = officers.certificates();
    this.securityKeys = officers.securityKeys();
  }

  /** Whether an officer's yes needs their signature. */
  boolean areSigned() {
    return profiles.officers().isPresent();
  }

  List<Bytes> certificatesOf(Actor.Person officer, Instant now) {
    return certificates.of(officer.id(), now);
  }

  /** Those by which the officer can approve this. */
  List<Bytes> certificatesFor(Actor.Person officer, ApprovalStatement statement, Instant now) {
    return certificates.of(officer.id(), now).stream()
        .filter(one -> covers(one, statement))
        .toList();
  }

  /** Whether the vault would take them for an officer of that tenant. */
  private static boolean covers(Bytes certificate, ApprovalStatement statement) {
    try {
      var read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate.toArray()));
      byte[] extension = read.getExtensionValue(OfficerScope.EXTENSION);
      return extension != null
          && OfficerScope.ofExtension(Bytes.of(ASN1OctetString.getInstance(extension).getOctets()))
              .covers(statement.tenant());
    } catch (CertificateException | MalformedEvidence | IllegalArgumentException unreadable) {
      return false;
    }
  }

  ApprovalStatement statement(CertificateRequest.Content content, Instant now) throws Refused {
    return issuing.statement(content, now);
  }

  /**
   * The officer's yes to each of these.
   *
   * @param signatures a CMS SignedData or a SecurityKeyApproval over each statement, in any order;
   *     none where no profile makes officers
   * @throws Refused APPROVAL_UNSIGNED, APPROVAL_INVALID
   */
  Map<RequestId, Approval> approvals(
      Actor.Person officer,
      List<CertificateRequest.Content> contents,
      List<Bytes> signatures,
      Instant now)
      throws Refused {
    require(areSigned() || signatures.isEmpty(), "signatures of officers mean nothing here");
    Map<UUID, Bytes> byRequest = new HashMap<>();
    for (Bytes signature : signatures) {
      UUID request = read(signature, now).statement().request();
      require(
          contents.stream().anyMatch(content -> content.id().value().equals(request))
              && byRequest.put(request, signature) == null,
          "what was signed is not this application");
    }
    Map<RequestId, Approval> approvals = new HashMap<>();
    for (CertificateRequest.Content content : contents) {
      Optional<Bytes> signature = Optional.ofNullable(byRequest.get(content.id().value()));
      approvals.put(content.id(), approval(officer, content, signature, now));
    }
    return Map.copyOf(approvals);
  }

  private Approval approval(
      Actor.Person officer,
      CertificateRequest.Content content,
      Optional<Bytes> signature,
      Instant now)
      throws Refused {
    if (!areSigned()) {
      return new Approval(officer.id(), officer.displayName(), now, Optional.empty());
    }
    if (signature.isEmpty()) {
      throw new Refused(RefusalReason.APPROVAL_UNSIGNED, "an officer's approval is signed");
    }
    SignedApproval signed = read(signature.get(), now);
    Instant decided = signed.statement().decided();
    require(
        !decided.isAfter(now.plus(CLOCKS)) && !decided.plus(LONGEST_READING).isBefore(now),
        "the statement is too old, or not of our time");
    require(
        signed.statement().equals(issuing.statement(content, decided)),
        "what was signed is not this application");
    require(
        signed.securityKey().isEmpty()
            || securityKeys.isOf(officer.id(), signed.securityKey().get()),
        "the security key is not one by which this officer approves");
    require(
        certificates.of(officer.id(), now).stream()
            .map(Bytes::sha256)
            .anyMatch(signed.certificate()::equals),
        "the certificate is not a valid one of this officer");
    require(
        certificatesFor(officer, signed.statement(), now).stream()
            .map(Bytes::sha256)
            .anyMatch(signed.certificate()::equals),
        "the certificate is for other tenants");
    return new Approval(officer.id(), officer.displayName(), decided, signature);
  }

  private SignedApproval read(Bytes signature, Instant now) throws Refused {
    try {
      return SignedApproval.read(signature, securityKeys.rules(), now);
    } catch (MalformedEvidence | SigningRefused unusable) {
      throw new Refused(
          RefusalReason.APPROVAL_INVALID, Words.clean(String.valueOf(unusable.getMessage())));
    }
  }

  private static void require(boolean holds, String sentence) throws Refused {
    if (!holds) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, sentence);
    }
  }
}
