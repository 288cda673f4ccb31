package de.kreissiegel.ca.own;

import static java.lang.System.Logger.Level.ERROR;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.own.OwnCertificate.State;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether the certificates of OCSP responders, of the web server and of registration officers
 * are renewed in time. Without the first nobody believes an answer, without the second nobody gets
 * in, and without the third nothing is approved any more.
 */
public final class OwnCertificateWatch {
  private static final System.Logger LOG = System.getLogger(OwnCertificateWatch.class.getName());
  private static final Actor SYSTEM = new Actor.Component("own-certificates");

  /** What ended longer ago is nobody's any more: a host that was renamed, an officer who left. */
  private static final Duration FORGOTTEN = Duration.ofDays(30);

  /** So many officers of a tenant are needed where four eyes are asked for. */
  private static final int FOUR_EYES = 2;

  private final AuthorityCatalog authorities;
  private final ProfileCatalog profiles;
  private final Records records;
  private final Clock clock;
  private final Map<String, State> told = new HashMap<>();
  private volatile List<OwnCertificate> seen = List.of();

  /**
   * Where it reads and writes.
   *
   * @param transactions for the audit trail
   * @param certificates where certificates are kept
   * @param audit who is told
   */
  public record Records(
      Transactions transactions, CertificateBook certificates, AuditTrail audit) {}

  public OwnCertificateWatch(
      AuthorityCatalog authorities, ProfileCatalog profiles, Records records, Clock clock) {
    this.authorities = authorities;
    this.profiles = profiles;
    this.records = records;
    this.clock = clock;
  }

  /** What the last look saw, the most urgent first. */
  public List<OwnCertificate> all() {
    return seen;
  }

  /**
   * Those that somebody has to do something about at once: the system's own that it should have
   * renewed by itself, and officers' in a tenant that has fewer than two others.
   */
  public List<OwnCertificate> urgent() {
    return seen.stream().filter(this::isUrgent).toList();
  }

  private boolean isUrgent(OwnCertificate one) {
    return one.state().compareTo(State.ENDING) >= 0
        && one.tenant().map(tenant -> colleagues(one, tenant) < FOUR_EYES).orElse(true);
  }

  private long colleagues(OwnCertificate one, TenantId tenant) {
    return seen.stream()
        .filter(other -> other.tenant().filter(tenant::equals).isPresent())
        .filter(other -> other.use().equals(one.use()))
        .filter(other -> other.state().compareTo(State.ENDING) < 0)
        .count();
  }

  /**
   * Looks, and tells the log and the audit trail what has become urgent since. Reads all
   * certificates of a few profiles: meant to be called every some minutes.
   */
  public synchronized void look() {
    Instant now = clock.instant();
    List<OwnCertificate> found = new ArrayList<>();
    for (CertificateProfile profile : profiles.all()) {
      if (profile.purpose() == Purpose.STATUS) {
        found.addAll(responders(profile, now));
      } else if (!profile.offered() || profile.makesOfficers()) {
        last(profile).stream()
            .map(one -> standing(profile, one, now))
            .filter(one -> one.notAfter().plus(FORGOTTEN).isAfter(now))
            .forEach(found::add);
      }
    }
    found.sort((a, b) -> b.state().compareTo(a.state()));
    seen = List.copyOf(found);
    urgent().forEach(this::tell);
  }

  /** Each living generation has one, or lacks it. */
  private List<OwnCertificate> responders(CertificateProfile profile, Instant now) {
    List<StoredCertificate> there = last(profile);
    return authorities.line(profile.authority()).stream()
        .map(AuthorityLine::generations)
        .flatMap(List::stream)
        .map(generation -> generation.authority())
        .filter(authority -> authority.ocspKey().isPresent())
        .filter(
            authority ->
                authorities
                    .state(authority.name(), now)
                    .filter(AuthorityState.ENDED::equals)
                    .isEmpty())
        .map(authority -> responder(profile, authority, there, now))
        .toList();
  }

  private static OwnCertificate responder(
      CertificateProfile profile, Authority authority, List<StoredCertificate> there, Instant now) {
    Optional<StoredCertificate> its =
        there.stream().filter(one -> one.authority().equals(authority.name())).findFirst();
    Instant end = its.map(StoredCertificate::notAfter).orElse(Instant.EPOCH);
    return new OwnCertificate(
        profile.name(),
        authority.name(),
        authority.name().value(),
        Optional.empty(),
        end,
        state(profile, end, now));
  }

  private OwnCertificate standing(CertificateProfile profile, StoredCertificate one, Instant now) {
    return new OwnCertificate(
        profile.name(),
        one.authority(),
        one.tenant().isPresent() ? one.subjectName() : one.alternativeNames(),
        one.tenant(),
        one.notAfter(),
        state(profile, one.notAfter(), now));
  }

  private static State state(CertificateProfile profile, Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    if (left.isNegative() || left.isZero()) {
      return State.ENDED;
    }
    if (left.compareTo(profile.renewBefore().dividedBy(2)) < 0) {
      return State.ENDING;
    }
    return left.compareTo(profile.renewBefore()) < 0 ? State.DUE : State.GOOD;
  }

  private List<StoredCertificate> last(CertificateProfile profile) {
    return records.certificates().lastOfEach(profile.name());
  }

  private void tell(OwnCertificate one) {
    String object = "%s:%s/%s".formatted(one.use(), one.authority(), one.holder());
    if (told.put(object, one.state()) == one.state()) {
      return;
    }
    LOG.log(ERROR, one.sentence());
    records
        .transactions()
        .inTransaction(
            transaction -> {
              records
                  .audit()
                  .append(
                      transaction,
                      SYSTEM,
                      one.state() == State.ENDED
                          ? "own-certificate.ended"
                          : "own-certificate.ending",
                      one.tenant(),
                      "own:" + one.use() + "/" + one.authority(),
                      one.sentence());
              return one;
            });
  }
}
