package de.kreissiegel.ra.house;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.bulk.BulkWorker;
import de.kreissiegel.ca.campaign.BusinessHours;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.campaign.CampaignWorker;
import de.kreissiegel.ca.census.CensusDesk;
import de.kreissiegel.ca.census.ExpiryDesk;
import de.kreissiegel.ca.delivery.DeliveryDesk;
import de.kreissiegel.ca.delivery.ServiceCatalog;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.grant.GrantDesk;
import de.kreissiegel.ca.handover.HandoverDesk;
import de.kreissiegel.ca.helpdesk.HelpDesk;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lifecycle.PlanDesk;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.lint.WeakKeyLists;
import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.LoginTrail;
import de.kreissiegel.ca.login.OwnSessions;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.login.PasswordLogin;
import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.reads.ReadsDesk;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.registration.Patience;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.review.ReviewDesk;
import de.kreissiegel.ca.revision.RevisionDesk;
import de.kreissiegel.ca.revision.RevisionSettings;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roles.RoleDesk;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.status.CrlWatch;
import de.kreissiegel.ca.status.ListsMissing;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.ra.health.HouseState;
import de.kreissiegel.ra.pages.house.CostSettings;
import de.kreissiegel.ra.security.CertificateDoor;
import de.kreissiegel.ra.security.OpenIdSettings;
import de.kreissiegel.ra.session.AsIfStored;
import de.kreissiegel.ra.session.Keepable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;

/**
 * Wires the whole authority over a real PostgreSQL and a real vault in this process. The directory
 * is in memory, and nothing runs by itself.
 */
@Configuration(proxyBeanMethods = false)
public class TestHouse {
  /** Test classes of the same context share a house: they hold this, and take turns. */
  public static final String SHARED = "the house that tests share";

  private static final BusinessHours ALWAYS =
      new BusinessHours(LocalTime.MIN, LocalTime.MAX, ZoneId.of("Europe/Berlin"));

  @Bean
  Staff staff() {
    return new Staff();
  }

  @Bean
  Officers officers() {
    return new Officers();
  }

  @Bean
  MovableClock clock() {
    return new MovableClock();
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
  }

  @Bean(destroyMethod = "close")
  EmbeddedPostgres postgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "off")
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }

  @Bean
  HikariDataSource dataSource(EmbeddedPostgres postgres) {
    var pool = new HikariConfig();
    pool.setDataSource(postgres.getPostgresDatabase());
    pool.setMaximumPoolSize(20);
    var connections = new HikariDataSource(pool);
    // At the end the server ends by itself; whoever asks still is told at once, and doesn't wait.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(connections::close));
    return connections;
  }

  @Bean
  TestVaultRoom vaultRoom(
      StatusAddresses addresses, Officers officers, Clock clock, SecureRandom random)
      throws Exception {
    return new TestVaultRoom(addresses, officers.firstKeys(), clock, random);
  }

  @Bean
  AuthorityCatalog authorities(TestVaultRoom room) throws IOException {
    return room.authorities();
  }

  @Bean
  ProfileCatalog profiles() {
    return ProfileCatalog.bundled();
  }

  /** For one kind of certificate, which few tests ask for. */
  @Bean
  TermsCatalog terms(ProfileCatalog profiles) throws ConfigurationFaults {
    return TermsCatalog.parse(
        """
        schema: 1
        terms:
          - name: signature
            version: 1
            profiles: [signature]
            de:
              title: Bedingungen für Signaturen
              text: Unterschreiben Sie nur, was Sie gelesen haben.
            en:
              title: Terms for signatures
              text: Sign nothing that you haven't read.
        """,
        profiles);
  }

  @Bean
  Confirmations confirmations(CertificationAuthority authority) {
    return authority.confirmations();
  }

  @Bean
  TwinDesk twinDesk(CertificationAuthority authority) {
    return authority.counter().twins();
  }

  @Bean
  TermsDesk termsDesk(CertificationAuthority authority) {
    return authority.terms();
  }

  @Bean
  StatusAddresses addresses() {
    return new StatusAddresses(URI.create("http://pki.example:8080"));
  }

  @Bean
  CertificationAuthority authority(
      DataSource dataSource,
      TestVaultRoom room,
      Staff staff,
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      TermsCatalog terms,
      StatusAddresses addresses,
      Officers officers,
      Clock clock,
      SecureRandom random)
      throws SigningUnavailable, ConfigurationFaults, ListsMissing, IOException {
    Database.open(dataSource);
    return CertificationAuthority.open(
        new CertificationAuthority.Surroundings(
            dataSource,
            room.vault(),
            Map.of("signer", room.vault().journalPublicKey()),
            staff,
            staff,
            authorities,
            profiles,
            terms,
            addresses,
            OcspSettings.usual(),
            _ -> {},
            officers.firstKeys(),
            Optional.of(TestVaultRoom.SECURITY_KEYS),
            Files.createTempDirectory("lists"),
            CrlWatch.Alarm.USUAL,
            WeakKeyLists.none(),
            Brake.DEFAULT,
            Patience.USUAL,
            "test",
            Optional.empty(),
            List.of(),
            clock,
            random));
  }

  @Bean
  RegistrationDesk registration(CertificationAuthority authority) {
    return authority.registration();
  }

  @Bean
  ReviewDesk reviews(CertificationAuthority authority) {
    return authority.counter().reviews();
  }

  @Bean
  RoleDesk roles(CertificationAuthority authority) {
    return authority
        .entrance()
        .roles(List.of(new RoleSource("tests", Office.REVISOR, "cn=auditors,ou=groups")));
  }

  @Bean
  GrantDesk grants(CertificationAuthority authority, Staff staff) {
    return authority.entrance().grants(staff);
  }

  @Bean
  @Primary
  StaffLogin offices(CertificationAuthority authority, Staff staff) {
    return authority.entrance().offices(staff);
  }

  @Bean
  LoginTrail loginTrail(CertificationAuthority authority) {
    return authority.entrance().trail();
  }

  @Bean
  PasswordLogin passwordLogin(CertificationAuthority authority, StaffLogin staff) {
    return authority.entrance().passwordLogin(staff);
  }

  @Bean
  CertificateLogin certificateLogin(CertificationAuthority authority, StaffLogin staff) {
    return authority.entrance().certificateLogin(staff);
  }

  @Bean
  OwnSessions ownSessions(CertificationAuthority authority) {
    return authority.entrance().ownSessions();
  }

  @Bean
  Passkeys passkeys(CertificationAuthority authority, StaffLogin staff) {
    return authority.entrance().passkeys(staff, false);
  }

  @Bean
  SecurityKeys securityKeys(CertificationAuthority authority) {
    return authority.securityKeys();
  }

  @Bean
  BreakGlass breakGlass(CertificationAuthority authority) {
    return authority.entrance().breakGlass();
  }

  @Bean
  ProviderLogin providerLogin(CertificationAuthority authority, Staff staff) {
    return authority.entrance().providerLogin(staff);
  }

  @Bean(destroyMethod = "close")
  OpenIdProviderOfTests openIdProvider(Clock clock) throws Exception {
    return new OpenIdProviderOfTests(clock);
  }

  @Bean
  OpenIdSettings openIdSettings(OpenIdProviderOfTests provider) {
    return provider.settings();
  }

  @Bean
  CertificateDoor certificateDoor() {
    return new CertificateDoor(
        URI.create("https://pki.example:8443"), URI.create("https://pki.example:8444"));
  }

  /** Not the database's sessions, which need a cookie with each request, but their rules. */
  @Bean
  FilterRegistrationBean<AsIfStored> asIfStored(List<Keepable> keepables) {
    var filter = new FilterRegistrationBean<>(new AsIfStored(keepables));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  LogIns logIns(
      Staff staff, Officers officers, RegistrationDesk desk, CertificateInventory inventory) {
    return new LogIns(staff, officers, desk, inventory);
  }

  @Bean
  EscrowDesk escrowDesk(CertificationAuthority authority) {
    return authority.escrow().desk();
  }

  @Bean
  MadeKeyDesk madeKeyDesk(CertificationAuthority authority) {
    return authority.escrow().madeKeys();
  }

  @Bean
  RecoveryDesk recoveryDesk(CertificationAuthority authority) {
    return authority.escrow().recovery();
  }

  @Bean
  SubjectLifecycle lifecycle(CertificationAuthority authority) {
    return authority.lifecycle();
  }

  @Bean
  PlanDesk plans(CertificationAuthority authority) {
    return authority.lifecycle().plans();
  }

  @Bean
  PseudonymDesk pseudonyms(CertificationAuthority authority) {
    return authority.pseudonyms();
  }

  @Bean
  CertificateInventory inventory(CertificationAuthority authority) {
    return authority.inventory();
  }

  @Bean
  DeliveryDesk delivery(CertificationAuthority authority, AuthorityCatalog authorities) {
    return new DeliveryDesk(authority.inventory(), authorities, ServiceCatalog.NONE);
  }

  @Bean
  HandoverDesk handover(CertificationAuthority authority) {
    return authority.handover();
  }

  @Bean
  RevocationDesk revocation(CertificationAuthority authority) {
    return authority.revocation();
  }

  @Bean
  Hotline hotline(CertificationAuthority authority) {
    return authority.hotline();
  }

  @Bean
  LetterBook letters(DataSource dataSource, Clock clock, SecureRandom random) {
    return Books.of(dataSource, "test", clock, random).letters();
  }

  @Bean
  LetterDesk letterDesk(CertificationAuthority authority) {
    return authority.counter().letters();
  }

  @Bean
  HelpDesk helpDesk(CertificationAuthority authority) {
    return authority.counter().helpDesk();
  }

  @Bean
  CensusDesk census(CertificationAuthority authority) {
    return authority.counter().census();
  }

  @Bean
  BulkDesk bulk(CertificationAuthority authority) {
    return authority.counter().bulk();
  }

  @Bean
  BulkWorker bulkWorker(CertificationAuthority authority, StaffLogin staff) {
    return authority.counter().bulkWorker(staff);
  }

  @Bean
  CampaignDesk campaigns(CertificationAuthority authority) {
    return authority.counter().campaigns(ALWAYS);
  }

  @Bean
  CampaignWorker campaignWorker(CertificationAuthority authority, StaffLogin staff) {
    return authority.counter().campaignWorker(ALWAYS, staff);
  }

  @Bean
  RefusalTextDesk refusalTextDesk(CertificationAuthority authority) {
    return authority.counter().refusalTexts();
  }

  @Bean
  EquipmentDesk equipmentDesk(CertificationAuthority authority) {
    return authority.counter().equipment();
  }

  @Bean
  RevisionDesk revision(CertificationAuthority authority, TestVaultRoom room) {
    return authority.counter().revision(RevisionSettings.USUAL, room.auditKey());
  }

  @Bean
  EvidenceDesk evidence(CertificationAuthority authority, TestVaultRoom room) {
    return authority
        .counter()
        .evidence(
            List.of(new RoleSource("tests", Office.REVISOR, "cn=auditors,ou=groups")),
            room.auditKey());
  }

  @Bean
  ReadsDesk reads(CertificationAuthority authority) {
    return authority.counter().reads();
  }

  @Bean
  ExpiryDesk expiry(CertificationAuthority authority) {
    return authority.counter().expiry();
  }

  @Bean
  CostSettings costs() {
    return new CostSettings(
        new TenantId("stadt-hassfurt.example"),
        100_001,
        Map.of(new TenantId("stadt-ebern.example"), 7_000L));
  }

  /** Where the health itself isn't wired. */
  @Bean
  @Fallback
  HouseState partsOfTests() {
    return () ->
        List.of(
            new HouseState.Part("crl", HouseState.Well.ATTENTION, Map.of("people", "age PT8H")),
            new HouseState.Part("database", HouseState.Well.GOOD, Map.of("is", "PostgreSQL 17")),
            new HouseState.Part("signer", HouseState.Well.BAD, Map.of()));
  }

  @Bean
  AuditDesk audit(CertificationAuthority authority) {
    return authority.audit();
  }
}
