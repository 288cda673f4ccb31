package de.kreissiegel.ra.pages.terms;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.terms.TermsName;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** What has to be accepted with an application, and what was. */
@Component
public class TermsForm {
  private static final String PERSON = "person:";

  private final TermsDesk desk;

  TermsForm(TermsDesk desk) {
    this.desk = desk;
  }

  /** What the person has to accept before they ask for certificates of these kinds. */
  public List<TermsRow> missing(
      Actor.Person person, Collection<ProfileName> profiles, TenantId tenant) {
    return desk.missing(person, profiles, tenant).stream().map(TermsRow::of).toList();
  }

  /**
   * Accepts what was ticked.
   *
   * @param values as {@link TermsRow#value}
   * @throws Refused TERMS_CHANGED, NOT_FOUND, BAD_DATA_FORMAT
   */
  public void accept(Actor.Person person, List<String> values) throws Refused {
    for (String value : values) {
      String[] parts = value.split("/", -1);
      try {
        desk.accept(
            person,
            new TermsName(parts[0]),
            Integer.parseInt(parts[1]),
            Bytes.of(HexFormat.of().parseHex(parts[2])));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "no such form of accepted terms");
      }
    }
  }

  /** What the applicant had accepted when they sent these parts of an application. */
  public List<AcceptedRow> accepted(List<CertificateRequest> parts) {
    return parts.stream()
        .map(CertificateRequest::content)
        .filter(content -> content.applicant().startsWith(PERSON))
        .flatMap(
            content ->
                desk
                    .acceptedFor(
                        new SubjectId(content.applicant().substring(PERSON.length())),
                        content.profile(),
                        content.tenant(),
                        content.submittedAt())
                    .stream())
        .distinct()
        .map(one -> AcceptedRow.of(one, desk))
        .toList();
  }
}
