package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.ca.lint.LintContext;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ExtendedKeyUsage;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.FieldValues;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What issuance hands the linter of each profile that comes along. */
public final class ShippedCertificates {
  public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final TenantId TENANT = new TenantId("stadt-a.example");

  /** ecdsa-with-SHA256 */
  public static final Bytes ALGORITHM = Bytes.fromHex("300a06082a8648ce3d040302");

  private ShippedCertificates() {}

  /**
   * A TBSCertificate and what is told of it.
   *
   * @param tbs DER
   */
  public record Sample(Bytes tbs, LintContext context) {}

  public static List<String> profiles() {
    return ProfileCatalog.bundled().all().stream().map(one -> one.name().value()).toList();
  }

  /** Of this profile, for the subject that is most usual for it. */
  public static Sample of(String profile, PublicKey key) {
    CertificateProfile found = ProfileCatalog.bundled().get(new ProfileName(profile));
    SubjectKind kind =
        found.subjects().contains(SubjectKind.PERSON)
            ? SubjectKind.PERSON
            : found.subjects().iterator().next();
    return of(profile, key, kind, kind == SubjectKind.PERSON ? "Dr. Anna Amsel" : "Rathaus West");
  }

  public static Sample of(String profile, PublicKey key, SubjectKind kind, String name) {
    try {
      CertificateDraft draft = draft(profile, key, kind, name);
      Bytes tbs =
          new TbsBuilder(new StatusAddresses(URI.create("http://pki.example:8080"))).build(draft);
      return new Sample(tbs, LintContexts.of(draft, false));
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static CertificateDraft draft(
      String profileName, PublicKey key, SubjectKind kind, String name) throws Exception {
    CertificateProfile profile = ProfileCatalog.bundled().get(new ProfileName(profileName));
    Instant notBefore = NOW.minus(Duration.ofMinutes(5));
    return new CertificateDraft(
        profile,
        new Authority(
            profile.authority(),
            Bytes.of(new byte[0]),
            List.of(Bytes.of(new byte[0])),
            new KeyId(profile.authority().value()),
            Optional.empty(),
            AuthorityNames.encoded("Landkreis A", "Test " + profile.authority()),
            Bytes.of(new byte[20]),
            NOW.plus(Duration.ofDays(1800))),
        ALGORITHM,
        subject(kind, name),
        profile.pseudonymous()
            ? new FieldValues(
                List.of(
                    new FieldValue(Field.PSEUDONYM, "Sachbearbeitung 17", FieldSource.APPLICANT)))
            : FieldValues.NONE,
        "Stadt Ä",
        names(profile),
        profile.makesOfficers()
            ? Optional.of(
                new OfficerScope(UUID.randomUUID().toString(), List.of("Stadt Ä")).extensionValue())
            : Optional.empty(),
        SubjectKey.of(Bytes.of(key.getEncoded())),
        new SerialNumber(BigInteger.ONE.shiftLeft(128).add(BigInteger.TEN)),
        notBefore,
        notBefore.plus(profile.validity()).minusSeconds(1));
  }

  private static List<String> names(CertificateProfile profile) {
    List<String> names = new ArrayList<>();
    if (profile.dnsName() != Presence.NEVER) {
      names.add("dns:host.stadt-a.example");
    }
    if (profile.mail() != Presence.NEVER) {
      names.add("mail:anna.amsel@stadt-a.example");
    }
    if (profile.extendedKeyUsages().contains(ExtendedKeyUsage.SMARTCARD_LOGON)) {
      names.add("upn:anna.amsel@stadt-a.example");
    }
    if (profile.entryUri()) {
      names.add("uri:urn:uuid:" + UUID.randomUUID());
    }
    return names;
  }

  private static Subject subject(SubjectKind kind, String name) {
    boolean person = kind == SubjectKind.PERSON;
    return new Subject(
        new SubjectId(UUID.randomUUID().toString()),
        kind,
        TENANT,
        Set.of(TENANT),
        name,
        Optional.empty(),
        person ? Optional.of("Anna") : Optional.empty(),
        person ? Optional.of("Amsel") : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        "",
        Set.of());
  }
}
