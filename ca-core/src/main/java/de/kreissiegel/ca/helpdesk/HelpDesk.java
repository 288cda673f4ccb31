package de.kreissiegel.ca.helpdesk;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.hotline.PhoneCodeBook;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.review.ReviewBook;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The door for who helps people. Each look at a person is noted, as each deed is. */
public final class HelpDesk {
  /** So many people are found at once; who finds more says more. */
  public static final int MOST_FOUND = 20;

  private static final int SHORTEST = 2;
  private static final int LONGEST = 200;
  private static final int LONGEST_REASON = 300;
  private static final int MOST_REQUESTS = 500;

  private final Records records;
  private final PeopleSearch people;
  private final Ownership ownership;
  private final RevocationDesk revocation;
  private final LetterDesk letters;
  private final PersonHistory history;

  /**
   * What is read.
   *
   * @param reads where it is noted
   */
  public record Records(
      CertificateBook certificates,
      RequestBook requests,
      ReviewBook reviews,
      PhoneCodeBook codes,
      AuditBook events,
      ReadLog reads) {}

  public HelpDesk(
      Records records, SubjectDirectory directory, RevocationDesk revocation, LetterDesk letters) {
    this.records = records;
    this.people = new PeopleSearch(directory);
    this.ownership = new Ownership(directory); // without pseudonyms
    this.revocation = revocation;
    this.letters = letters;
    this.history = new PersonHistory(records.events());
  }

  /**
   * People of one's tenants whose name, login or mail address has this text, or whose id it is; at
   * most {@value #MOST_FOUND}, by their names.
   *
   * @param text 2 to 200 characters
   * @throws Refused NOT_AUTHORIZED; BAD_DATA_FORMAT (too short or too long); DIRECTORY_UNAVAILABLE
   */
  public List<Subject> find(Actor.Person helper, String text) throws Refused {
    Set<TenantId> tenants = scope(helper);
    String words = text.strip();
    if (words.length() < SHORTEST || words.length() > LONGEST) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "2 to 200 characters to look for");
    }
    List<Subject> found = people.find(tenants, words, MOST_FOUND);
    records.reads().listed(helper, Optional.empty(), "people", words, found.size());
    return found;
  }

  /**
   * How it stands with a person.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND (nobody of one's tenants); DIRECTORY_UNAVAILABLE
   */
  public PersonFile file(Actor.Person helper, SubjectId id) throws Refused {
    Subject person = person(helper, id);
    Set<TenantId> tenants = scope(helper);
    records.reads().viewed(helper, Optional.of(person.home()), "person:" + id);
    List<StoredCertificate> certificates = certificates(tenants, id);
    List<CertificateRequest> requests = requests(tenants, id);
    return new PersonFile(
        person,
        certificates,
        requests,
        letters.toHolder(helper, id),
        letters.sends(),
        PersonFile.PhoneCodeState.of(records.codes().find(id)),
        history.of(certificates, requests));
  }

  /**
   * Puts a certificate of theirs on hold. Officers release it, or revoke.
   *
   * @param reason 1 to 300 characters
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND (not theirs); REASON_MISSING; and what {@link
   *     RevocationDesk#revoke} refuses
   */
  public StoredCertificate hold(
      Actor.Person helper,
      SubjectId person,
      AuthorityName authority,
      SerialNumber serial,
      String reason)
      throws Refused {
    Subject holder = person(helper, person);
    boolean theirs =
        certificates(scope(helper), holder.id()).stream()
            .anyMatch(one -> one.authority().equals(authority) && one.serial().equals(serial));
    if (!theirs) {
      throw new Refused(RefusalReason.NOT_FOUND, "no certificate " + authority + "/" + serial);
    }
    String words = reason.strip();
    if (words.isEmpty() || words.length() > LONGEST_REASON) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason of 1 to 300 characters");
    }
    return revocation.revoke(
        helper, authority, serial, Revocation.of(RevocationReason.CERTIFICATE_HOLD, words));
  }

  /**
   * Sends a person a letter again that they were sent, to the address that the directory has now.
   * No letter has a key or a code in it.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND (no such letter to them); DIRECTORY_UNAVAILABLE; and
   *     what {@link LetterDesk#sendAgain} refuses
   */
  public Letter sendAgain(Actor.Person helper, SubjectId person, long letter) throws Refused {
    return letters.sendAgain(helper, person(helper, person), letter);
  }

  private static Set<TenantId> scope(Actor.Person helper) throws Refused {
    Set<TenantId> tenants = AccessRules.scope(helper, Action.HELP);
    if (tenants.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "not for this actor: the help desk");
    }
    return tenants;
  }

  private Subject person(Actor.Person helper, SubjectId id) throws Refused {
    return people
        .person(scope(helper), id)
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "nobody of these tenants"));
  }

  private List<StoredCertificate> certificates(Set<TenantId> tenants, SubjectId person) {
    return records.certificates().ofSubjects(ownership.subjectsOf(person)).stream()
        .filter(one -> one.tenant().filter(tenants::contains).isPresent() && !one.isErased())
        .toList();
  }

  private List<CertificateRequest> requests(Set<TenantId> tenants, SubjectId person) {
    Map<String, CertificateRequest> found = new LinkedHashMap<>();
    Stream.concat(
            records.requests().ofApplicant("person:" + person, 0, MOST_REQUESTS).stream(),
            records.reviews().requests(person, tenants).stream())
        .filter(one -> tenants.contains(one.content().tenant()))
        .filter(one -> !one.content().isPseudonymous())
        .forEach(one -> found.putIfAbsent(one.id().toString(), one));
    return found.values().stream()
        .sorted(
            Comparator.comparing((CertificateRequest one) -> one.content().submittedAt())
                .reversed())
        .toList();
  }
}
