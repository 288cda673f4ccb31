package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.census.CensusDesk;
import de.kreissiegel.ca.census.ExpiryDesk;
import de.kreissiegel.ca.delivery.DeliveryDesk;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.grant.GrantDesk;
import de.kreissiegel.ca.handover.HandoverDesk;
import de.kreissiegel.ca.helpdesk.HelpDesk;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.lifecycle.PlanDesk;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.LoginTrail;
import de.kreissiegel.ca.login.OpenSession;
import de.kreissiegel.ca.login.OwnSessions;
import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.login.PasswordLogin;
import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.reads.ReadsDesk;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.review.ReviewDesk;
import de.kreissiegel.ca.revision.RevisionDesk;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roles.RoleDesk;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.health.HouseState;
import de.kreissiegel.ra.pages.certificates.ServiceHours;
import de.kreissiegel.ra.security.CertificateDoor;
import de.kreissiegel.ra.security.OpenIdSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The desks that pages ask, played by {@link SampleDesks}. Not a configuration that a scan finds.
 */
class SampleWiring {
  static final String PASSWORD = "preview";

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  ServiceHours serviceHours() {
    return new ServiceHours(
        "montags bis freitags von 8 bis 16 Uhr, Telefon 09521 27-0",
        "Monday to Friday, 8 am to 4 pm, phone +49 9521 27-0");
  }

  @Bean
  SecureRandom secureRandom() {
    return new SecureRandom();
  }

  @Bean
  ProfileCatalog profileCatalog() {
    return ProfileCatalog.bundled();
  }

  @Bean
  SampleAuthority sampleAuthority(Clock clock) {
    return new SampleAuthority(clock.instant());
  }

  @Bean
  AuthorityCatalog authorityCatalog(SampleAuthority sample) {
    return new AuthorityCatalog(sample.authorities(), Map.of());
  }

  @Bean
  StatusAddresses statusAddresses() {
    return new StatusAddresses(URI.create("http://pki.example"));
  }

  @Bean
  SampleDesks sampleDesks(Clock clock, ProfileCatalog profiles, SampleAuthority authority) {
    return new SampleDesks(clock, profiles, authority);
  }

  @Bean
  RegistrationDesk registrationDesk(SampleDesks desks) {
    return desks.registration;
  }

  @Bean
  RoleDesk roleDesk() {
    return new RoleDesk(new SampleConflicts(), SampleConflicts.SOURCES);
  }

  @Bean
  Confirmations confirmations(ProfileCatalog profiles, Clock clock) {
    return new SamplePersons(clock).confirmations();
  }

  @Bean
  TwinDesk twinDesk(Clock clock) {
    return new SamplePersons(clock).twins();
  }

  /** The real one, over acceptances in memory. */
  @Bean
  TermsDesk termsDesk(Clock clock) {
    return new SampleTerms().desk(clock);
  }

  @Bean
  CertificateInventory certificateInventory(SampleDesks desks) {
    return desks.inventory;
  }

  /** The real one, over the demo's services. */
  @Bean
  DeliveryDesk deliveryDesk(
      SampleDesks desks, AuthorityCatalog authorities, ProfileCatalog profiles) throws Exception {
    return new DeliveryDesk(
        desks.inventory, authorities, SampleServices.read(authorities, profiles));
  }

  @Bean
  SampleHandovers sampleHandovers() {
    return new SampleHandovers();
  }

  /** The real one, over files in memory. */
  @Bean
  HandoverDesk handoverDesk(
      SampleHandovers handovers, SampleDesks desks, Clock clock, SecureRandom random) {
    return new HandoverDesk(handovers.books(), desks.inventory, clock, random);
  }

  @Bean
  RevocationDesk revocationDesk(SampleDesks desks) {
    return desks.revocation;
  }

  /** The real one, over codes and certificates in memory. */
  @Bean
  Hotline hotline(SampleDesks desks, SubjectDirectory directory, Clock clock, SecureRandom random) {
    return new Hotline(SampleCodes.books(desks), directory, desks.revocation, clock, random);
  }

  /** The real one, over a book in memory; what is read is written nowhere. */
  @Bean
  PseudonymDesk pseudonymDesk(SampleDesks desks, SubjectDirectory directory) {
    return new PseudonymDesk(desks.pseudonyms, directory, mock(ReadLog.class));
  }

  /** The real one, over requests and certificates in memory. */
  @Bean
  ReviewDesk reviewDesk(SampleDesks desks, Clock clock) {
    var certificates = mock(CertificateBook.class);
    when(certificates.ofSubjects(any())).thenAnswer(call -> desks.ofSubjects(call.getArgument(0)));
    return new ReviewDesk(
        desks.registration,
        desks.reviewBook(),
        certificates,
        java.util.Set::of,
        ZoneId.of("Europe/Berlin"),
        clock);
  }

  /** The real one. */
  @Bean
  GrantDesk grantDesk(
      StaffLogin staff, SubjectDirectory directory, Clock clock, SecureRandom random) {
    return new SampleGrants().desk(staff, directory, clock, random);
  }

  @Bean
  SampleEscrow sampleEscrow(Clock clock) {
    return new SampleEscrow(clock);
  }

  @Bean
  EscrowDesk escrowDesk(SampleEscrow sample, ProfileCatalog profiles, SubjectDirectory directory) {
    return sample.desk(profiles, directory);
  }

  @Bean
  MadeKeyDesk madeKeyDesk(
      SampleEscrow sample,
      EscrowDesk escrow,
      SampleDesks desks,
      AuthorityCatalog authorities,
      Clock clock,
      SecureRandom random) {
    return new MadeKeyDesk(sample.madeKeys(), escrow, desks.inventory, authorities, clock, random);
  }

  @Bean
  RecoveryDesk recoveryDesk(
      SampleEscrow sample, SubjectDirectory directory, AuthorityCatalog authorities) {
    return sample.recovery(directory, authorities);
  }

  @Bean
  SamplePlans samplePlans(Clock clock) {
    return new SamplePlans(clock);
  }

  @Bean
  SubjectLifecycle subjectLifecycle(SamplePlans plans) {
    return plans.lifecycle;
  }

  @Bean
  PlanDesk planDesk(SamplePlans plans) {
    return plans.desk;
  }

  @Bean
  SampleHelp sampleHelp(
      SampleDesks desks, SubjectDirectory directory, Clock clock, SecureRandom random) {
    return new SampleHelp(desks, directory, clock, random);
  }

  @Bean
  LetterDesk letterDesk(SampleHelp help) {
    return help.letters;
  }

  @Bean
  HelpDesk helpDesk(SampleHelp help) {
    return help.desk;
  }

  @Bean
  CensusDesk censusDesk(Clock clock) {
    return new CensusDesk(new SampleCensus(), new AuthorityCatalog(List.of(), Map.of()), clock);
  }

  @Bean
  BulkDesk bulkDesk(Clock clock, SecureRandom random) {
    return SampleLists.desk(clock, random);
  }

  @Bean
  CampaignDesk campaignDesk(
      SubjectDirectory directory, ProfileCatalog profiles, Clock clock, SecureRandom random) {
    return SampleCampaigns.desk(directory, profiles, clock, random);
  }

  @Bean
  RefusalTextDesk refusalTextDesk(Clock clock, SecureRandom random) {
    return SampleRefusalTexts.desk(clock, random);
  }

  @Bean
  EquipmentDesk equipmentDesk(
      SampleDesks desks, SubjectDirectory directory, Clock clock, SecureRandom random) {
    return SampleEquipment.desk(desks, directory, clock, random);
  }

  @Bean
  SampleRevision sampleRevision(Clock clock) {
    return new SampleRevision(clock);
  }

  /** The real one, over reviews in memory. */
  @Bean
  RevisionDesk revisionDesk(SampleRevision sample, SecureRandom random) {
    return sample.desk(random);
  }

  @Bean
  EvidenceDesk evidenceDesk(SampleRevision sample) {
    return sample.evidence();
  }

  @Bean
  ReadsDesk readsDesk(SampleRevision sample) {
    return sample.reads();
  }

  @Bean
  ExpiryDesk expiryDesk(Clock clock) {
    return new ExpiryDesk(new SampleCensus(), Words.zone(), clock);
  }

  @Bean
  HouseState houseState() {
    return () ->
        List.of(
            new HouseState.Part("crl", HouseState.Well.ATTENTION, Map.of("people", "age PT8H")),
            new HouseState.Part("database", HouseState.Well.GOOD, Map.of("is", "PostgreSQL 17")),
            new HouseState.Part("signer", HouseState.Well.BAD, Map.of()));
  }

  @Bean
  AuditDesk auditDesk(SampleDesks desks) {
    return desks.audit;
  }

  @Bean
  SubjectDirectory subjectDirectory() throws DirectoryUnavailable {
    var directory = mock(SubjectDirectory.class);
    when(directory.tenants()).thenReturn(SamplePeople.TENANTS);
    when(directory.search(any(), any(), any(), anyInt()))
        .thenReturn(List.of(SamplePeople.STAFF, SamplePeople.OFFICER));
    when(directory.search(any(), any(), eq("Schäfer"), anyInt()))
        .thenReturn(List.of(SamplePeople.AUDITOR));
    when(directory.find(any())).thenReturn(Optional.of(SamplePeople.STAFF));
    return directory;
  }

  @Bean
  CertificateDoor certificateDoor() {
    return new CertificateDoor(
        URI.create("https://localhost:8443"), URI.create("https://localhost:8444"));
  }

  @Bean
  SampleCertificates sampleCertificates() throws DirectoryUnavailable {
    return new SampleCertificates();
  }

  /** It tells nobody. */
  @Bean
  LoginTrail loginTrail() {
    return mock(LoginTrail.class);
  }

  @Bean
  PasswordLogin passwordLogin(StaffLogin staff, LoginTrail trail) {
    return new PasswordLogin(staff, trail);
  }

  @Bean
  CertificateLogin certificateLogin(SampleCertificates certificates) {
    return certificates.desk;
  }

  @Bean
  FilterRegistrationBean<SampleCertificates.Shown> shownCertificate(
      SampleCertificates certificates) {
    var shown = new FilterRegistrationBean<>(certificates.shown());
    shown.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return shown;
  }

  /** Two beside one another. */
  @Bean
  OwnSessions ownSessions(Clock clock) {
    OwnSessions own = mock(OwnSessions.class);
    Instant now = clock.instant();
    when(own.of(any()))
        .thenReturn(
            List.of(
                new OpenSession(Bytes.of(new byte[32]), "passkey", now, now),
                new OpenSession(
                    Bytes.of(new byte[] {1}),
                    "password",
                    now.minus(Duration.ofHours(3)),
                    now.minus(Duration.ofMinutes(12)))));
    return own;
  }

  /** Nobody has one, but whom the help desk looks at. */
  @Bean
  Passkeys passkeys(Clock clock) throws Refused {
    Passkeys passkeys = mock(Passkeys.class);
    when(passkeys.of(any(), any()))
        .thenReturn(
            List.of(
                new Passkey(
                    Bytes.of(new byte[] {1}),
                    SamplePeople.STAFF.id(),
                    "Dienstlaptop",
                    Bytes.of(new byte[0]),
                    Bytes.of(new byte[0]),
                    0,
                    Set.of(),
                    new Passkey.Backup(false, false),
                    clock.instant(),
                    clock.instant())));
    return passkeys;
  }

  /** Nor these. */
  @Bean
  SecurityKeys securityKeys() {
    return mock(SecurityKeys.class);
  }

  /** Any codes open it. */
  @Bean
  BreakGlass breakGlass() throws Refused {
    var tenants = SamplePeople.byLogin("jmueller").orElseThrow().officerFor();
    var person =
        new Actor.Person(
            new SubjectId("emergency-1-2"),
            "Anna Groß, Jana Müller",
            "emergency-1-2",
            Set.of(),
            tenants,
            Set.of(),
            tenants,
            Proof.EMERGENCY);
    BreakGlass glass = mock(BreakGlass.class);
    when(glass.logIn(any())).thenReturn(person);
    when(glass.identify(any())).thenReturn(Optional.of(person));
    return glass;
  }

  @Bean
  ProviderLogin providerLogin() {
    return mock(ProviderLogin.class);
  }

  /** One that nobody reaches: the log-in page shows that there is one. */
  @Bean
  OpenIdSettings openIdSettings() {
    return new OpenIdSettings(
        URI.create("https://login.example"),
        "kreissiegel",
        Optional.empty(),
        "preferred_username",
        ProviderLogin.Names.LOGIN,
        Set.of(),
        "Landkreis-Konto",
        Optional.empty());
  }

  @Bean
  StaffLogin staffLogin() {
    return new StaffLogin() {
      @Override
      public Optional<Actor.Person> named(String login) {
        return Optional.empty();
      }

      @Override
      public Optional<Actor.Person> logIn(String login, String password) {
        return password.equals(PASSWORD) ? SamplePeople.byLogin(login) : Optional.empty();
      }

      @Override
      public Optional<Actor.Person> current(SubjectId person) {
        return Stream.of(
                "agross",
                "jmueller",
                "voechsner",
                "sschaefer",
                "lleitner",
                "hhilfreich",
                "ddaschner")
            .flatMap(login -> SamplePeople.byLogin(login).stream())
            .filter(someone -> someone.id().equals(person))
            .findFirst();
      }
    };
  }
}
