package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleMatrix;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who asks, and what there is for them. */
@RestController
@RequestMapping("/api/v1")
class PersonController {
  private final RegistrationDesk registration;
  private final SubjectDirectory directory;
  private final ProfileCatalog profiles;

  PersonController(
      RegistrationDesk registration, SubjectDirectory directory, ProfileCatalog profiles) {
    this.registration = registration;
    this.directory = directory;
    this.profiles = profiles;
  }

  @GetMapping("/me")
  Me me(Actor.Person person) {
    return new Me(
        person.id().value(),
        person.displayName(),
        person.login(),
        names(person.tenants()),
        names(person.officerFor()),
        names(person.appointsFor()),
        names(person.auditorFor()),
        names(person.duties().reads()),
        offices(RoleMatrix.of(person)),
        offices(person.duties().refused()),
        person.proof().name().toLowerCase(Locale.ROOT));
  }

  /** What the person may apply for, for themselves and for what they answer for. */
  @GetMapping("/offers")
  Listing<OfferView> offers(Actor.Person person, Locale language) throws DirectoryUnavailable {
    return Listing.all(registration.offers(person), offer -> OfferView.of(offer, language));
  }

  @GetMapping("/tenants")
  Listing<TenantView> tenants() throws DirectoryUnavailable {
    return Listing.all(
        directory.tenants(), tenant -> new TenantView(tenant.id().value(), tenant.name()));
  }

  /** The kinds of certificate that staff are offered. */
  @GetMapping("/profiles")
  Listing<ProfileView> profiles(Locale language) {
    return Listing.all(
        profiles.all().stream().filter(CertificateProfile::offered).toList(),
        profile -> ProfileView.of(profile, language));
  }

  private static List<String> offices(Collection<Office> offices) {
    return offices.stream().sorted().map(Office::name).toList();
  }

  private static List<String> names(Collection<TenantId> tenants) {
    return tenants.stream().sorted().map(TenantId::value).toList();
  }

  /**
   * The person who asks.
   *
   * @param officerFor the tenants whose applications they decide on
   * @param appointsFor the tenants whose registration officers they appoint
   * @param auditorFor the tenants whose affairs they may read
   * @param readsFor others whose affairs they may read for a time, by grants
   * @param offices those that they hold
   * @param refusedOffices those that the directory gives them and that exclude each other
   * @param proof how they proved who they are: {@code password}, with which no office counts,
   *     {@code certificate} or {@code passkey}
   */
  record Me(
      String id,
      String displayName,
      String login,
      List<String> tenants,
      List<String> officerFor,
      List<String> appointsFor,
      List<String> auditorFor,
      List<String> readsFor,
      List<String> offices,
      List<String> refusedOffices,
      String proof) {}

  /**
   * An administration of the district.
   *
   * @param id as other calls take it
   */
  record TenantView(String id, String name) {}

  /**
   * A kind of certificate.
   *
   * @param subjects whom it may name
   * @param approvals how many officers have to say yes
   * @param validityDays for how long it is valid, unless somebody sets less
   * @param fields who sets which field: directory, applicant, officer or nobody
   */
  record ProfileView(
      String name,
      String authority,
      String title,
      String description,
      List<String> subjects,
      int approvals,
      long validityDays,
      Map<String, List<String>> fields) {
    static ProfileView of(CertificateProfile profile, Locale language) {
      return new ProfileView(
          profile.name().value(),
          profile.authority().value(),
          profile.title(language),
          profile.description(language),
          profile.subjects().stream().sorted().map(WireForms::word).toList(),
          profile.approvals(),
          profile.validity().toDays(),
          sources(profile));
    }

    private static Map<String, List<String>> sources(CertificateProfile profile) {
      var sources = new LinkedHashMap<String, List<String>>();
      for (Field field : Field.values()) {
        sources.put(
            field.configName(),
            profile.fields().of(field).stream().sorted().map(FieldSource::configName).toList());
      }
      return sources;
    }
  }

  /**
   * Something to apply for: profile, subject and tenant go into the application.
   *
   * @param orderWith the further profiles where it is an order
   * @param grant of an officer's certificate: the grant for which it is good
   */
  record OfferView(
      ProfileView profile,
      List<ProfileView> orderWith,
      SubjectView subject,
      String tenant,
      Optional<String> grant) {
    static OfferView of(Offer offer, Locale language) {
      return new OfferView(
          ProfileView.of(offer.profile(), language),
          offer.profiles().stream()
              .skip(1)
              .map(profile -> ProfileView.of(profile, language))
              .toList(),
          SubjectView.of(offer.subject()),
          offer.tenant().value(),
          offer.grant().map(grant -> grant.id().toString()));
    }
  }
}
