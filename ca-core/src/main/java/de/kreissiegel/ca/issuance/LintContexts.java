package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.lint.HolderKind;
import de.kreissiegel.ca.lint.KeyPurpose;
import de.kreissiegel.ca.lint.LintContext;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ExtendedKeyUsage;
import de.kreissiegel.ca.profile.KeyUsageBit;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectKind;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the linter is told of a draft. */
final class LintContexts {
  private LintContexts() {}

  static LintContext of(CertificateDraft draft, boolean takenOver) {
    return new LintContext(
        Optional.of(
            new LintContext.Issuer(
                draft.authority().subjectName(),
                draft.authority().subjectKeyIdentifier(),
                draft.signatureAlgorithm(),
                draft.authority().notAfter(),
                takenOver)),
        Optional.of(order(draft)),
        Optional.of(holder(draft)));
  }

  private static LintContext.Order order(CertificateDraft draft) {
    CertificateProfile profile = draft.profile();
    return new LintContext.Order(
        String.join(
            " ",
            profile.name().value(),
            profile.title(Locale.GERMAN),
            profile.description(Locale.GERMAN)),
        purpose(profile.purpose()),
        profile.keyUsage(draft.key().algorithm()).stream()
            .map(KeyUsageBit::bit)
            .collect(Collectors.toSet()),
        profile.extendedKeyUsages().stream().map(ExtendedKeyUsage::oid).collect(Collectors.toSet()),
        profile.mail() == Presence.REQUIRED,
        profile.dnsName() == Presence.REQUIRED,
        draft.directoryAttributes(),
        draft.key().info());
  }

  private static LintContext.Holder holder(CertificateDraft draft) {
    Subject subject = draft.subject();
    return new LintContext.Holder(
        draft.profile().ofSystem() ? Optional.empty() : Optional.of(subject.id().value()),
        draft.values().pseudonym().isPresent() ? HolderKind.PSEUDONYM : kind(subject.kind()),
        subject.surname().map(surname -> (subject.givenName().orElse("") + " " + surname).strip()),
        subject.enabled(),
        draft.profile().purpose() == Purpose.STATUS);
  }

  private static KeyPurpose purpose(Purpose purpose) {
    return switch (purpose) {
      case SIGNATURE -> KeyPurpose.SIGNATURE;
      case ENCRYPTION -> KeyPurpose.ENCRYPTION;
      case AUTHENTICATION -> KeyPurpose.AUTHENTICATION;
      case APPROVAL -> KeyPurpose.APPROVAL;
      case STATUS -> KeyPurpose.STATUS;
      case MAIL_SIGNATURE, TIME_STAMPING -> KeyPurpose.OTHER;
    };
  }

  private static HolderKind kind(SubjectKind kind) {
    return switch (kind) {
      case PERSON -> HolderKind.PERSON;
      case FUNCTION -> HolderKind.GROUP;
      case DEVICE, SERVICE -> HolderKind.PROCESS;
    };
  }
}
