package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.KeyOrigin;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.pages.DistinguishedNames;
import de.kreissiegel.ra.pages.Fingerprint;
import de.kreissiegel.ra.pages.SignatureKind;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.cards.CardPlatform;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One certificate: what it says, how it stands, what was done with it, what can be done. */
@Controller
class CertificatePage {
  private static final int LONGEST_HISTORY = 100;

  private final Certificates certificates;
  private final AuditDesk audit;
  private final RegistrationDesk registration;
  private final PseudonymDesk pseudonyms;
  private final SubjectLifecycle lifecycle;
  private final ProfileCatalog profiles;
  private final LetterDesk letters;
  private final Words words;
  private final InstantSource clock;
  private final Optional<ServiceHours> serviceHours;

  CertificatePage(
      Certificates certificates,
      RegistrationDesk registration,
      PseudonymDesk pseudonyms,
      SubjectLifecycle lifecycle,
      ProfileCatalog profiles,
      LetterDesk letters,
      AuditDesk audit,
      Words words,
      InstantSource clock,
      Optional<ServiceHours> serviceHours) {
    this.certificates = certificates;
    this.registration = registration;
    this.pseudonyms = pseudonyms;
    this.lifecycle = lifecycle;
    this.profiles = profiles;
    this.letters = letters;
    this.audit = audit;
    this.words = words;
    this.clock = clock;
    this.serviceHours = serviceHours;
  }

  @GetMapping("/certificates/{authority}/{serial}")
  String show(
      Actor.Person person, @PathVariable String authority, @PathVariable String serial, Model model)
      throws Refused {
    var certificate = certificates.view(person, authority, serial);
    var now = clock.instant();
    var standing = Standing.of(certificate, now);
    model.addAttribute("row", CertificateRow.of(certificate, words, now));
    model.addAttribute("certificate", certificate);
    model.addAttribute("standing", standing);
    model.addAttribute("holder", DistinguishedNames.commonName(certificate.subjectName()));
    model.addAttribute("fingerprint", Fingerprint.forPeople(certificate.encoded()));
    model.addAttribute("fields", CertificateFields.of(certificate.encoded()));
    model.addAttribute("chain", certificates.issuers(certificate));
    certificates.lastInquiry(certificate).ifPresent(asked -> model.addAttribute("asked", asked));
    model.addAttribute(
        "mayUnveil",
        certificate.subject().filter(holder -> pseudonyms.mayAsk(person, holder)).isPresent());
    model.addAttribute("orderedWith", orderedWith(person, certificate, now));
    SignatureKind.of(profiles.find(certificate.profile()).stream().toList())
        .ifPresent(kind -> model.addAttribute("signature", kind));
    revocation(certificate).ifPresent(revoked -> model.addAttribute("revocation", revoked));
    lifecycle
        .explain(certificate.authority(), certificate.serial())
        .ifPresent(why -> model.addAttribute("explanation", why));
    RenewalCard.of(
            certificate, certificates.own(person), registration.own(person), profiles, words, now)
        .findFirst()
        .ifPresent(due -> model.addAttribute("due", due));
    certificate
        .tenant()
        .map(tenant -> letters.troubles(person, tenant, about(certificate)))
        .ifPresent(them -> model.addAttribute("undelivered", them));
    model.addAttribute(
        "cardPlatforms",
        standing.canBeRevoked() && isOnCard(person, certificate)
            ? List.of(CardPlatform.values())
            : List.of());
    addHistory(person, certificate, model);
    addActions(person, certificate, standing, model);
    return "certificate";
  }

  /** Whether this person applied for it with a key that they said is on a card. */
  private boolean isOnCard(Actor.Person person, StoredCertificate certificate) {
    return certificate.request().isPresent()
        && certificates.isOwn(person, certificate)
        && registration.own(person).stream()
            .filter(one -> one.id().equals(certificate.request().get()))
            .anyMatch(one -> one.content().keyOrigin().equals(Optional.of(KeyOrigin.TOKEN)));
  }

  private static Stream<String> about(StoredCertificate certificate) {
    return Stream.concat(
        Stream.of(certificate.auditName()),
        certificate.request().map(request -> "request:" + request).stream());
  }

  private static Optional<CertificateStatus.Revoked> revocation(StoredCertificate certificate) {
    return certificate.status() instanceof CertificateStatus.Revoked revoked
        ? Optional.of(revoked)
        : Optional.empty();
  }

  /** The other certificates of the same order that this person may see. */
  private List<Ordered> orderedWith(Actor.Person person, StoredCertificate certificate, Instant now)
      throws Refused {
    var others = new ArrayList<Ordered>();
    if (certificate.request().isPresent()) {
      for (var issued : registration.orderedWith(person, certificate.request().get())) {
        var other = certificates.view(person, issued.authority().value(), issued.serial().toHex());
        others.add(
            new Ordered(
                CertificateRow.of(other, words, now),
                issued.authority() + "/" + issued.serial(),
                Standing.of(other, now).canBeRevoked()));
      }
    }
    return others;
  }

  /**
   * A certificate of the same order.
   *
   * @param row what pages show of it
   * @param name how a form names it
   * @param revocable whether it can be revoked still
   */
  record Ordered(CertificateRow row, String name, boolean revocable) {}

  private void addHistory(Actor.Person person, StoredCertificate certificate, Model model) {
    if (AccessRules.scope(person, Action.READ_AUDIT).isEmpty()) {
      return;
    }
    var object = "certificate:" + certificate.authority() + "/" + certificate.serial();
    var query = new AuditQuery("", Optional.empty(), Optional.of(object), 0, LONGEST_HISTORY);
    model.addAttribute("history", audit.read(person, query).reversed());
  }

  private void addActions(
      Actor.Person person, StoredCertificate certificate, Standing standing, Model model) {
    var officer =
        certificate
            .tenant()
            .filter(tenant -> AccessRules.allows(person, Action.REVOKE, tenant))
            .isPresent();
    var own = certificates.isOwn(person, certificate);
    var may = standing.canBeRevoked() && (officer || own);
    if (may) {
      model.addAttribute("today", LocalDate.ofInstant(clock.instant(), RevocationForm.HERE));
      serviceHours.ifPresent(hours -> model.addAttribute("serviceHours", hours.inWords()));
      model.addAttribute("reasons", Reasons.offered(officer, standing == Standing.ON_HOLD));
    }
    model.addAttribute("officer", officer);
    model.addAttribute("mayRevoke", may);
    model.addAttribute("mayHoldOwn", may && own && standing != Standing.ON_HOLD);
    model.addAttribute("mayRelease", officer && standing == Standing.ON_HOLD);
  }
}
