package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.grant.RunningGrants;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who may apply for what, and whether the directory still says so. */
final class ApplicationCheck {
  private final ProfileCatalog profiles;
  private final SubjectDirectory directory;
  private final RunningGrants grants;
  private final InstantSource clock;

  ApplicationCheck(
      ProfileCatalog profiles,
      SubjectDirectory directory,
      RunningGrants grants,
      InstantSource clock) {
    this.profiles = profiles;
    this.directory = directory;
    this.grants = grants;
    this.clock = clock;
  }

  List<Offer> offers(Actor.Person person) throws DirectoryUnavailable {
    var offers = new ArrayList<Offer>();
    for (Subject subject : within(person)) {
      for (CertificateProfile profile : profiles.all()) {
        addStandIns(offers, person, profile, subject);
        if (isOffered(person, profile, subject)) {
          add(offers, person, subject, List.of(profile));
          List<CertificateProfile> order = orderOf(profile);
          if (order.size() > 1 && order.stream().allMatch(one -> isOffered(person, one, subject))) {
            add(offers, person, subject, order);
          }
        }
      }
    }
    return List.copyOf(offers);
  }

  private boolean isOffered(Actor.Person person, CertificateProfile profile, Subject subject) {
    return subject.enabled()
        && isFor(person, profile, subject)
        && lacks(profile, subject).isEmpty()
        && (!profile.makesOfficers() || isThemselves(person, subject) && person.holdsOwnOffice());
  }

  /** One for each grant: its certificate ends with it. */
  private void addStandIns(
      List<Offer> offers, Actor.Person person, CertificateProfile profile, Subject subject) {
    if (!profile.makesOfficers()
        || !isThemselves(person, subject)
        || !subject.enabled()
        || !isFor(person, profile, subject)) {
      return;
    }
    for (Grant.InForce grant : running(person)) {
      subject.tenants().stream()
          .filter(tenant -> AccessRules.allows(person, Action.APPLY, tenant))
          .min(Comparator.naturalOrder())
          .ifPresent(
              home -> offers.add(new Offer(List.of(profile), subject, home, Optional.of(grant))));
    }
  }

  /** The grants that hold now and that the directory still lets the person have. */
  private List<Grant.InForce> running(Actor.Person person) {
    return grants.of(person.id(), clock.instant()).stream()
        .filter(grant -> person.standsInFor().contains(grant.terms().tenant()))
        .toList();
  }

  /**
   * The grant by which they stand in for that tenant's officers now, if their decision needs one.
   *
   * @throws Refused NOT_AUTHORIZED if it needs one and there is none any more
   */
  Optional<GrantId> grantBehind(Actor.Person officer, TenantId tenant) throws Refused {
    if (officer.officerFor().contains(tenant) || !officer.standsInFor().contains(tenant)) {
      return Optional.empty();
    }
    return Optional.of(
        grants.of(officer.id(), clock.instant()).stream()
            .filter(grant -> grant.terms().tenant().equals(tenant))
            .findFirst()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_AUTHORIZED, "the grant has ended"))
            .id());
  }

  private static void add(
      List<Offer> offers, Actor.Person person, Subject subject, List<CertificateProfile> kinds) {
    subject.tenants().stream()
        .filter(tenant -> AccessRules.allows(person, Action.APPLY, tenant))
        .sorted()
        .forEach(tenant -> offers.add(new Offer(kinds, subject, tenant)));
  }

  /** The profile, and those that it is ordered with. */
  private List<CertificateProfile> orderOf(CertificateProfile profile) {
    var order = new ArrayList<CertificateProfile>();
    order.add(profile);
    profile.orderWith().forEach(name -> profiles.find(name).ifPresent(order::add));
    return order;
  }

  /**
   * The subject, if the actor may apply for it on behalf of this tenant.
   *
   * @throws Refused NOT_FOUND, DIRECTORY_UNAVAILABLE
   */
  Subject subjectFor(Actor actor, SubjectId id, TenantId tenant) throws Refused {
    Optional<Subject> subject =
        asking(
            () ->
                switch (actor) {
                  case Actor.Person person ->
                      within(person).stream().filter(one -> one.id().equals(id)).findFirst();
                  case Actor.Component _ -> directory.find(id);
                });
    boolean allowed =
        AccessRules.allows(actor, Action.APPLY, tenant)
            || AccessRules.allowsEverywhere(actor, Action.APPLY);
    return subject
        .filter(one -> allowed && one.tenants().contains(tenant))
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such subject"));
  }

  /**
   * The device or service, or where {@code person} the person, if it is the officer's affair to
   * apply for it, or to ask them to, on behalf of this tenant. Nobody makes a person's key for
   * them.
   *
   * @throws Refused NOT_FOUND, DIRECTORY_UNAVAILABLE
   */
  Subject subjectByOffice(Actor.Person officer, SubjectId id, TenantId tenant, boolean person)
      throws Refused {
    boolean allowed = AccessRules.allows(officer, Action.APPLY_FOR_OTHERS, tenant);
    return current(id)
        .filter(one -> allowed && one.tenants().contains(tenant))
        .filter(
            one ->
                switch (one.kind()) {
                  case PERSON -> person;
                  case DEVICE, SERVICE -> !person;
                  case FUNCTION -> false;
                })
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such subject"));
  }

  /**
   * The profile, if it is offered for this subject, and the subject has what it needs.
   *
   * @throws Refused UNKNOWN_PROFILE, SUBJECT_DISABLED, SUBJECT_INCOMPLETE
   */
  CertificateProfile profileFor(Actor actor, ProfileName name, Subject subject) throws Refused {
    return usable(name, subject, profile -> isFor(actor, profile, subject));
  }

  private CertificateProfile usable(
      ProfileName name, Subject subject, Predicate<CertificateProfile> offered) throws Refused {
    CertificateProfile profile =
        profiles
            .find(name)
            .filter(offered)
            .orElseThrow(
                () -> new Refused(RefusalReason.UNKNOWN_PROFILE, "no such kind of certificate"));
    if (!subject.enabled()) {
      throw new Refused(RefusalReason.SUBJECT_DISABLED, "the directory has it disabled");
    }
    Optional<String> lacking = lacks(profile, subject);
    if (lacking.isPresent()) {
      throw new Refused(
          RefusalReason.SUBJECT_INCOMPLETE, "the directory holds no " + lacking.get());
    }
    return profile;
  }

  /**
   * For which tenants the certificate will make its subject an officer; empty for other profiles.
   * Nobody asks for somebody else, for it is the applicant's roles that the directory tells.
   *
   * @param grant for which grant, if not for their own office
   * @throws Refused UNKNOWN_PROFILE if the directory has them as no officer, or there is no such
   *     grant; DIRECTORY_UNAVAILABLE
   */
  Optional<Appointment> appointmentBy(
      Actor actor, CertificateProfile profile, Subject subject, Optional<GrantId> grant)
      throws Refused {
    if (!profile.makesOfficers()) {
      return Optional.empty();
    }
    if (grant.isPresent()) {
      return Optional.of(standIn(actor, subject, grant.get()));
    }
    Set<TenantId> all =
        asking(directory::tenants).stream().map(Tenant::id).collect(Collectors.toSet());
    Optional<Appointment> appointment =
        actor instanceof Actor.Person person && isThemselves(person, subject)
            ? Appointment.of(person, all)
            : Optional.empty();
    if (appointment.isEmpty()) {
      throw new Refused(
          RefusalReason.UNKNOWN_PROFILE, "the directory has the applicant as no officer");
    }
    return appointment;
  }

  private Appointment standIn(Actor actor, Subject subject, GrantId grant) throws Refused {
    if (actor instanceof Actor.Person person && isThemselves(person, subject)) {
      for (Grant.InForce one : running(person)) {
        if (one.id().equals(grant)) {
          return new Appointment.StandIn(grant, one.terms().tenant(), one.terms().ends());
        }
      }
    }
    throw new Refused(
        RefusalReason.UNKNOWN_PROFILE, "there is no grant by which the applicant stands in");
  }

  private static boolean isThemselves(Actor.Person person, Subject subject) {
    return person.id().equals(subject.id());
  }

  /** Takes only a key that the profile takes. */
  static void checkKey(CertificateProfile profile, SubjectKey key) throws Refused {
    if (!profile.keyAlgorithms().contains(key.algorithm())) {
      throw new Refused(
          RefusalReason.BAD_ALG, key.algorithm().configName() + " is no key for this profile");
    }
  }

  /**
   * Asks the directory again before an approval: what the officer approves must still be so.
   *
   * @throws Refused SUBJECT_DISABLED, BAD_CERT_TEMPLATE, DIRECTORY_UNAVAILABLE, UNKNOWN_PROFILE, …
   */
  void stillHolds(CertificateRequest.Content content) throws Refused {
    Subject then = content.subject();
    if (content.appointment().orElse(null) instanceof Appointment.StandIn standIn
        && grants.of(then.id(), clock.instant()).stream()
            .noneMatch(grant -> grant.id().equals(standIn.grant()))) {
      throw new Refused(RefusalReason.WRONG_STATE, "the grant that it is for has ended");
    }
    Subject now =
        current(then.id())
            .filter(Subject::enabled)
            .filter(subject -> subject.tenants().contains(content.tenant()))
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalReason.SUBJECT_DISABLED,
                        "the subject is disabled, gone, or no longer of this tenant"));
    CertificateProfile profile =
        usable(content.profile(), now, one -> one.subjects().contains(now.kind()));
    new FieldCheck(profile, content.tenant(), now).complete(content.values(), true);
    boolean sameNames =
        now.commonName().equals(then.commonName())
            && now.mail().equals(then.mail())
            && now.dnsName().equals(then.dnsName())
            && now.windowsAccount().equals(then.windowsAccount());
    if (!sameNames) {
      throw new Refused(
          RefusalReason.BAD_CERT_TEMPLATE, "the subject's names changed since the application");
    }
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

  /** The entry as it is now. */
  Optional<Subject> current(SubjectId id) throws Refused {
    return asking(() -> directory.find(id));
  }

  /** What a person may apply for at all: themselves, and what they answer for. */
  private List<Subject> within(Actor.Person person) throws DirectoryUnavailable {
    var subjects = new ArrayList<Subject>();
    directory.find(person.id()).ifPresent(subjects::add);
    subjects.addAll(directory.inCareOf(person.id()));
    return subjects;
  }

  /** A machine comes by a door of the system that has proved it. */
  private static boolean isFor(Actor actor, CertificateProfile profile, Subject subject) {
    boolean offered =
        switch (actor) {
          case Actor.Person _ -> profile.offered();
          case Actor.Component _ -> profile.offered() || profile.machines();
        };
    return offered && profile.subjects().contains(subject.kind());
  }

  /** What the directory has to hold and doesn't; what people may set, nobody lacks. */
  private static Optional<String> lacks(CertificateProfile profile, Subject subject) {
    if (profile.mail() == Presence.REQUIRED
        && !profile.fields().openToPeople(Field.MAIL)
        && subject.mail().filter(mail -> MailAddress.fits(mail, profile)).isEmpty()) {
      return Optional.of("mail address");
    }
    if (profile.dnsName() == Presence.REQUIRED
        && !profile.fields().openToPeople(Field.DNS)
        && subject.dnsName().isEmpty()) {
      return Optional.of("DNS name");
    }
    if (profile.windowsAccount() == Presence.REQUIRED && subject.windowsAccount().isEmpty()) {
      return Optional.of("Windows account");
    }
    return Optional.empty();
  }

  private static <T> T asking(Question<T> question) throws Refused {
    try {
      return question.ask();
    } catch (DirectoryUnavailable unavailable) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory does not answer");
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws DirectoryUnavailable;
  }
}
