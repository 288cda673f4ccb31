package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes drafts of requests: profile, authority, names, a serial number, a time. */
public final class CertificateDrafts {
  /** Clocks of relying parties differ; a certificate made now is valid on all of them. */
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 128;

  private final ProfileCatalog profiles;
  private final AuthorityCatalog authorities;
  private final Organizations organizations;
  private final StatusAddresses addresses;
  private final SecureRandom random;

  public CertificateDrafts(
      ProfileCatalog profiles,
      AuthorityCatalog authorities,
      Organizations organizations,
      StatusAddresses addresses,
      SecureRandom random) {
    this.profiles = profiles;
    this.authorities = authorities;
    this.organizations = organizations;
    this.addresses = addresses;
    this.random = random;
  }

  /**
   * Drafts the certificate of a request.
   *
   * @throws Refused UNKNOWN_PROFILE if profile or authority are gone, BAD_ALG
   */
  CertificateDraft draft(CertificateRequest.Content content, IssuingKeys keys, Instant now)
      throws Refused, DirectoryUnavailable, SigningUnavailable {
    CertificateProfile profile = profileOf(content);
    Authority authority =
        authorities
            .find(profile.authority())
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalReason.UNKNOWN_PROFILE, "no authority " + profile.authority()));
    Instant notBefore = now.truncatedTo(ChronoUnit.SECONDS).minus(BACKDATING);
    // notAfter is inclusive (RFC 5280 §4.1.2.5).
    Instant notAfter = notBefore.plus(profile.validity()).minusSeconds(1);
    notAfter = earlier(notAfter, authority.notAfter());
    if (profile.latestEnd().isPresent()) {
      notAfter = earlier(notAfter, profile.latestEnd().get());
    }
    return new CertificateDraft(
        profile,
        authority,
        keys.signatureAlgorithm(authority),
        content.subject(),
        organizations.of(content),
        AlternativeNames.of(profile, content),
        SubjectKey.of(content.publicKey()),
        serial(),
        notBefore,
        notAfter);
  }

  Bytes build(CertificateDraft draft) {
    return new TbsBuilder(addresses).build(draft);
  }

  /**
   * The profile of a request.
   *
   * @throws Refused UNKNOWN_PROFILE if it is gone
   */
  CertificateProfile profileOf(CertificateRequest.Content content) throws Refused {
    return profiles
        .find(content.profile())
        .orElseThrow(
            () -> new Refused(RefusalReason.UNKNOWN_PROFILE, "no profile " + content.profile()));
  }

  AuthorityCatalog authorities() {
    return authorities;
  }

  /** 128 random bits under one that is set: always 17 octets (RFC 5280 §4.1.2.2). */
  private SerialNumber serial() {
    return new SerialNumber(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
