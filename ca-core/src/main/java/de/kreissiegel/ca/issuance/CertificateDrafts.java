package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.StoppedAuthorities;
import de.kreissiegel.ca.path.NamesWithin;
import de.kreissiegel.ca.policyset.AlgorithmCalendar;
import de.kreissiegel.ca.policyset.AlgorithmUse;
import de.kreissiegel.ca.policyset.CalendarFinding;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Appointment;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.SeenAtOpening;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;

/** Makes drafts of requests: profile, authority, names, a serial number, a time. */
public final class CertificateDrafts {
  /** Clocks of relying parties differ; a certificate made now is valid on all of them. */
  static final Duration BACKDATING = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 128;
  private static final int WHOLE = 100;

  /** How the audit trail begins a person's name. */
  private static final String PERSON = "person:";

  private final ProfileCatalog profiles;
  private final AuthorityCatalog authorities;
  private final StoppedAuthorities stopped;
  private final Organizations organizations;
  private final StatusAddresses addresses;
  private final SecureRandom random;
  private final List<Bytes> keysOfAuthorities;
  private final Map<AuthorityName, NamesWithin> bounds = new ConcurrentHashMap<>();

  public CertificateDrafts(
      ProfileCatalog profiles,
      AuthorityCatalog authorities,
      StoppedAuthorities stopped,
      Organizations organizations,
      StatusAddresses addresses,
      SecureRandom random) {
    this.profiles = profiles;
    this.authorities = authorities;
    this.stopped = stopped;
    this.organizations = organizations;
    this.addresses = addresses;
    this.random = random;
    this.keysOfAuthorities = authorities.all().stream().map(IssuingKeys::publicKeyOf).toList();
  }

  /**
   * Drafts the certificate of a request.
   *
   * @param seen what was looked up when it was stored, if that was just now
   * @throws Refused UNKNOWN_PROFILE if profile or authority are gone, BAD_ALG, AUTHORITY_ENDING,
   *     AUTHORITY_STOPPED, BAD_CERT_TEMPLATE if a name is outside of what authorities above allow
   */
  CertificateDraft draft(
      CertificateRequest.Content content,
      IssuingKeys keys,
      Optional<SeenAtOpening> seen,
      Instant now)
      throws Refused, DirectoryUnavailable, SigningUnavailable {
    CertificateProfile profile = profileOf(content);
    Authority authority =
        going(
            authorityOf(profile, content, keys, now),
            seen.<StoppedAuthorities>map(found -> found).orElse(stopped));
    Instant notBefore = now.truncatedTo(ChronoUnit.SECONDS).minus(BACKDATING);
    // notAfter is inclusive (RFC 5280 §4.1.2.5).
    Instant notAfter = notBefore.plus(validity(profile, content)).minusSeconds(1);
    if (profile.latestEnd().isPresent()) {
      notAfter = earlier(notAfter, profile.latestEnd().get());
    }
    notAfter = earlier(notAfter, endOfOffice(content));
    if (!notAfter.isAfter(now)) {
      throw new Refused(RefusalReason.WRONG_STATE, "the grant that it is for has ended");
    }
    notAfter = within(authority, profile, notBefore, notAfter);
    requireInCalendar(authority, profile, content.publicKey(), now, notAfter);
    return within(
        new CertificateDraft(
            profile,
            authority,
            keys.signatureAlgorithm(authority),
            content.subject(),
            content.values(),
            organizations.of(content),
            AlternativeNames.of(profile, content),
            directoryAttributes(content),
            SubjectKey.of(content.publicKey()),
            serial(),
            notBefore,
            notAfter));
  }

  /** What bears a name that an authority above doesn't allow, nobody would believe. */
  private CertificateDraft within(CertificateDraft draft) throws Refused {
    NamesWithin allowed =
        bounds.computeIfAbsent(draft.authority().name(), _ -> boundsOf(draft.authority()));
    Optional<String> fault =
        allowed.fault(
            encoded(SubjectNames.of(draft.subject(), draft.values(), draft.organization())),
            AlternativeNames.encoded(draft.alternativeNames()).map(CertificateDrafts::encoded));
    if (fault.isPresent()) {
      throw new Refused(RefusalReason.BAD_CERT_TEMPLATE, fault.get());
    }
    return draft;
  }

  private static NamesWithin boundsOf(Authority authority) {
    List<Bytes> all = new ArrayList<>(List.of(authority.certificate()));
    all.addAll(authority.chain());
    return NamesWithin.of(all);
  }

  /**
   * What an officer has to have signed for {@link #draft} to be signed by the vault, as long as the
   * vault takes their signature. Names and key are those of the draft; in time it lets the request
   * wait.
   *
   * @throws Refused UNKNOWN_PROFILE if profile or authority are gone, AUTHORITY_ENDING,
   *     AUTHORITY_STOPPED
   */
  ApprovalStatement statement(CertificateRequest.Content content, Instant decided)
      throws Refused, DirectoryUnavailable {
    CertificateProfile profile = profileOf(content);
    Authority authority = going(activeOf(profile, decided), stopped);
    String organization = organizations.of(content);
    // To the day, so that what an officer has read doesn't change under their hands.
    Instant end =
        decided
            .truncatedTo(ChronoUnit.DAYS)
            .plus(Duration.ofDays(1))
            .plus(Approval.HEARD_FOR)
            .plus(validity(profile, content));
    end = earlier(end, authority.notAfter());
    if (profile.latestEnd().isPresent()) {
      end = earlier(end, profile.latestEnd().get());
    }
    end = earlier(end, endOfOffice(content));
    return new ApprovalStatement(
        content.id().value(),
        authority.key(),
        profile.name().value(),
        encoded(SubjectNames.of(content.subject(), content.values(), organization)),
        AlternativeNames.encoded(AlternativeNames.of(profile, content))
            .map(CertificateDrafts::encoded)
            .orElse(Bytes.of(new byte[0])),
        content.publicKey(),
        end,
        validity(profile, content),
        SubjectNames.organization(organization),
        directoryAttributes(content).orElse(Bytes.of(new byte[0])),
        applicant(content),
        decided);
  }

  /**
   * Who stands in is an officer as long as the grant holds; others as long as their profile says.
   */
  private static Instant endOfOffice(CertificateRequest.Content content) {
    return content.appointment().orElse(null) instanceof Appointment.StandIn standIn
        ? standIn.until().truncatedTo(ChronoUnit.SECONDS)
        : Instant.MAX;
  }

  private static Duration validity(CertificateProfile profile, CertificateRequest.Content content) {
    return content.values().validity(profile.validity());
  }

  /** The applicant's id in the directory; what isn't a person has none. */
  private static String applicant(CertificateRequest.Content content) {
    return content.applicant().startsWith(PERSON)
        ? content.applicant().substring(PERSON.length())
        : "";
  }

  private Optional<Bytes> directoryAttributes(CertificateRequest.Content content)
      throws DirectoryUnavailable {
    if (content.appointment().isEmpty()) {
      return Optional.empty();
    }
    List<String> tenants =
        switch (content.appointment().get()) {
          case Appointment.Everywhere _ -> List.of("*");
          case Appointment.Of of -> organizations.named(of.tenants());
          case Appointment.StandIn standIn -> organizations.named(List.of(standIn.tenant()));
        };
    return Optional.of(new OfficerScope(content.subject().id().value(), tenants).extensionValue());
  }

  private static Bytes encoded(ASN1Object value) {
    try {
      return Bytes.of(value.getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
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

  /** A responder's certificate comes from the generation that it answers for, active or not. */
  private Authority authorityOf(
      CertificateProfile profile, CertificateRequest.Content content, IssuingKeys keys, Instant now)
      throws Refused, SigningUnavailable {
    if (profile.purpose() == Purpose.STATUS) {
      Optional<Authority> itsOwn = keys.ofResponder(content.publicKey(), authorities);
      if (itsOwn.isPresent()) {
        return itsOwn.get();
      }
    }
    return activeOf(profile, now);
  }

  private Authority activeOf(CertificateProfile profile, Instant now) throws Refused {
    if (authorities.line(profile.authority()).isEmpty()) {
      throw new Refused(RefusalReason.UNKNOWN_PROFILE, "no authority " + profile.authority());
    }
    return authorities
        .issuing(profile.authority(), now)
        .orElseThrow(
            () ->
                new Refused(
                    RefusalReason.AUTHORITY_ENDING,
                    profile.authority() + " has no key that issues now"));
  }

  /** What was stopped in an emergency issues nothing, not even for its own responder. */
  private static Authority going(Authority authority, StoppedAuthorities stopped) throws Refused {
    if (stopped.isStopped(authority.name())) {
      throw new Refused(
          RefusalReason.AUTHORITY_STOPPED, authority.name() + " was stopped in an emergency");
    }
    return authority;
  }

  /** Keys of authorities are all known; no end entity is to have a component of one. */
  private void requireInCalendar(
      Authority authority,
      CertificateProfile profile,
      Bytes publicKey,
      Instant now,
      Instant notAfter)
      throws Refused {
    AlgorithmUse.Purpose purpose =
        profile.purpose() == Purpose.ENCRYPTION
            ? AlgorithmUse.Purpose.ENCRYPTION
            : AlgorithmUse.Purpose.SIGNATURE;
    Optional<CalendarFinding> refusal =
        AlgorithmCalendar.refusal(
            authorities
                .calendar()
                .judgeKey(
                    purpose,
                    publicKey,
                    keysOfAuthorities,
                    authorities
                        .lineOf(authority.name())
                        .map(AuthorityLine::policySet)
                        .orElse(PolicySet.DEFAULT),
                    now,
                    notAfter,
                    Set.of(profile.authority().value(), profile.name().value())));
    if (refusal.isPresent()) {
      throw new Refused(RefusalReason.BAD_ALG, refusal.get().sentence(Locale.ENGLISH));
    }
  }

  /**
   * Nothing outlives its issuer. What would become much shorter by that than its profile promises
   * isn't made at all; the rollover calendar has told of it long before.
   */
  private Instant within(
      Authority authority, CertificateProfile profile, Instant notBefore, Instant promised)
      throws Refused {
    Instant end = earlier(promised, authority.notAfter());
    Duration least =
        Duration.between(notBefore, promised)
            .multipliedBy(authorities.rollover().leastShare())
            .dividedBy(WHOLE);
    if (profile.purpose() != Purpose.STATUS && end.isBefore(notBefore.plus(least))) {
      throw new Refused(
          RefusalReason.AUTHORITY_ENDING,
          "%s ends %s, long before %s, which %s promises"
              .formatted(authority.name(), authority.notAfter(), promised, profile.name()));
    }
    return end;
  }

  /** Whether its authority came from elsewhere. */
  boolean isOfTakenOver(CertificateDraft draft) {
    return authorities.takenOver(draft.authority().name()).isPresent();
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
