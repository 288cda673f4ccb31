package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is looked for among the certificates of one's scope. Where an end of validity is asked for,
 * those that end first come first; of all that has expired, what ended last; else the newest.
 *
 * @param text the beginnings of words of a name, mail address or DNS name, all of them in any order
 *     ({@link NameWords}); or a serial number (hexadecimal or decimal), a fingerprint (SHA-256 or
 *     SHA-1), the SHA-256 of the SubjectPublicKeyInfo or the key identifier; empty for all
 * @param filter what it has to be
 * @param after only what follows this one in the list; empty for the list's begin
 * @param offset how many to skip, from 0 to {@value #FURTHEST}; {@code after} leads further
 * @param limit how many at most, 1 to 500
 */
public record CertificateQuery(
    String text, Filter filter, Optional<Place> after, int offset, int limit) {
  /** What lies further is reached by {@code after} alone, which costs the same everywhere. */
  public static final int FURTHEST = 10_000;

  public CertificateQuery {
    if (offset < 0 || offset > FURTHEST || limit < 1 || limit > 500) {
      throw new IllegalArgumentException("offset 0 to " + FURTHEST + ", limit 1 to 500");
    }
  }

  /** The first of those that this text finds. */
  public static CertificateQuery of(String text, int limit) {
    return new CertificateQuery(text, Filter.ANY, Optional.empty(), 0, limit);
  }

  /** What follows a certificate that was the last of a page. */
  public CertificateQuery after(StoredCertificate last) {
    return new CertificateQuery(text, filter, Optional.of(placeOf(last)), 0, limit);
  }

  /** Where this query's list has a certificate. */
  public Place placeOf(StoredCertificate certificate) {
    return new Place(
        filter.byEnd() ? certificate.notAfter() : certificate.notBefore(),
        certificate.authority(),
        certificate.serial());
  }

  /**
   * What a certificate has to be; what is empty doesn't matter.
   *
   * @param tenant only of this one
   * @param holder only those that name this subject
   * @param profile only of this one
   * @param authority only issued by this one
   * @param state only in this one
   * @param endsFrom only what is valid at this time or ends at it
   * @param endsBefore only what has ended before this time
   */
  public record Filter(
      Optional<TenantId> tenant,
      Optional<SubjectId> holder,
      Optional<ProfileName> profile,
      Optional<AuthorityName> authority,
      Optional<State> state,
      Optional<Instant> endsFrom,
      Optional<Instant> endsBefore) {
    /** Anything. */
    public static final Filter ANY =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Whether the list is in the order of ends. */
    public boolean byEnd() {
      return endsFrom.isPresent() || endsBefore.isPresent() || latestEndFirst();
    }

    /** Whether it begins with what ended last: so it does where all that has expired is wanted. */
    public boolean latestEndFirst() {
      return state.filter(State.EXPIRED::equals).isPresent()
          && endsFrom.isEmpty()
          && endsBefore.isEmpty();
    }

    /** The same, of this tenant. */
    public Filter tenant(TenantId only) {
      return new Filter(Optional.of(only), holder, profile, authority, state, endsFrom, endsBefore);
    }

    /** The same, naming this subject. */
    public Filter holder(SubjectId only) {
      return new Filter(tenant, Optional.of(only), profile, authority, state, endsFrom, endsBefore);
    }

    /** The same, of this profile. */
    public Filter profile(ProfileName only) {
      return new Filter(tenant, holder, Optional.of(only), authority, state, endsFrom, endsBefore);
    }

    /** The same, of this authority. */
    public Filter authority(AuthorityName only) {
      return new Filter(tenant, holder, profile, Optional.of(only), state, endsFrom, endsBefore);
    }

    /** The same, in this state. */
    public Filter state(State only) {
      return new Filter(
          tenant, holder, profile, authority, Optional.of(only), endsFrom, endsBefore);
    }

    /** The same, ending at or after the one and before the other time. */
    public Filter ends(Optional<Instant> from, Optional<Instant> before) {
      return new Filter(tenant, holder, profile, authority, state, from, before);
    }
  }

  /** The states that can be asked for. */
  public enum State {
    VALID,
    ON_HOLD,
    REVOKED,
    EXPIRED
  }
}
