package de.kreissiegel.ra.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.bulk.BulkWorker;
import de.kreissiegel.ca.campaign.BusinessHours;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.campaign.CampaignWorker;
import de.kreissiegel.ca.census.CensusDesk;
import de.kreissiegel.ca.census.ExpiryDesk;
import de.kreissiegel.ca.clock.ClockCheck;
import de.kreissiegel.ca.clock.TimeServer;
import de.kreissiegel.ca.delivery.DeliveryDesk;
import de.kreissiegel.ca.delivery.ServiceCatalog;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.grant.GrantDesk;
import de.kreissiegel.ca.handover.HandoverDesk;
import de.kreissiegel.ca.helpdesk.HelpDesk;
import de.kreissiegel.ca.hierarchy.ProfileCalendar;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lifecycle.PlanDesk;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.lint.WeakKeyLists;
import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.LoginTrail;
import de.kreissiegel.ca.login.OwnSessions;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.login.PasswordLogin;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.registration.Patience;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.review.ReviewDesk;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roles.RoleDesk;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.settings.SettingsUnsigned;
import de.kreissiegel.ca.status.CrlWatch;
import de.kreissiegel.ca.status.ListsMissing;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.ldap.Directories;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.follow.DirectoryFollowers;
import de.kreissiegel.ra.ceremony.FirstOfficers;
import de.kreissiegel.ra.ceremony.SettingsOfInstallation;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import de.kreissiegel.ra.health.StatusMeters;
import de.kreissiegel.ra.pages.house.CostSettings;
import de.kreissiegel.ra.security.CertificateDoor;
import de.kreissiegel.ra.validation.ValidationServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The parts of one installation, and who gets which. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Installation.class)
public class Wiring {
  private static final int CONNECTIONS = 16;

  private static final int NTP = 123;

  /** The role by which the authority works in the embedded server. */
  private static final String APPLICATION = "kreissiegel";

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  SecureRandom secureRandom() {
    return new SecureRandom();
  }

  /**
   * The embedded server if there is one, else the district's own. Its schema is brought up to date
   * by the role that owns the tables; the authority works by another one that can't take away what
   * was written, where there is one.
   */
  @Bean
  Databases databases(Installation installation, SecureRandom random) throws IOException {
    Installation.Database settings = installation.database();
    String password = secret(settings.passwordFile());
    if (settings.embedded() == null) {
      String address = settings.address();
      if (address == null || settings.user() == null) {
        throw new IllegalArgumentException(
            "kreissiegel.database needs either 'embedded' or both 'url' and 'user'");
      }
      return new Databases(own(settings, address, settings.user(), password), () -> {});
    }
    EmbeddedDatabase server = EmbeddedDatabase.start(settings.embedded(), password);
    String fresh = server.letIn(APPLICATION, random);
    Database.prepare(server.dataSource(), APPLICATION);
    return new Databases(pool(server.url(), APPLICATION, fresh), server);
  }

  private static HikariDataSource own(
      Installation.Database settings, String url, String user, String password) throws IOException {
    HikariDataSource pool = pool(url, user, password);
    Installation.Owner owner = settings.owner();
    if (owner == null) {
      Database.open(pool);
    } else {
      var source = new PGSimpleDataSource();
      source.setUrl(url);
      source.setUser(owner.user());
      source.setPassword(secret(owner.passwordFile()));
      Database.prepare(source, user);
    }
    return pool;
  }

  @Bean
  DataSource dataSource(Databases databases) {
    return databases.pool();
  }

  @Bean
  VaultDoor signer(Installation installation, Clock clock) throws IOException {
    return Signers.of(installation.signer(), clock);
  }

  @Bean
  Directories directories(Installation installation, Clock clock)
      throws IOException, ConfigurationFaults {
    return new Directories(
        DirectoryWiring.configs(installation).stream()
            .map(
                config ->
                    new LdapDirectory(
                        config, DirectoryWiring.publishing(installation, config.name()), clock))
            .toList());
  }

  @Bean
  AuthorityCatalog authorities(Installation installation) throws IOException, ConfigurationFaults {
    return HierarchyFolder.read(installation.authorities());
  }

  /** None is used before two people have consented to it. */
  @Bean
  ProfileCatalog profiles(Installation installation, AuthorityCatalog authorities, Clock clock)
      throws IOException, ConfigurationFaults, SettingsUnsigned {
    Path folder = installation.profiles();
    ProfileCatalog profiles =
        folder == null ? ProfileCatalog.bundled() : ProfileCatalog.load(folder);
    List<ConfigurationFault> faults =
        ProfileCalendar.faults(profiles.all(), authorities, clock.instant());
    if (!faults.isEmpty()) {
      throw new ConfigurationFaults(faults);
    }
    new SettingsOfInstallation(installation.authorities(), installation.trust()).require(profiles);
    return profiles.withResponders(
        authorities.lines().stream()
            .filter(line -> line.newest().authority().ocspKey().isPresent())
            .map(AuthorityLine::name)
            .toList());
  }

  @Bean
  StatusAddresses statusAddresses(Installation installation) {
    return new StatusAddresses(installation.validationBaseUrl());
  }

  @Bean
  CertificationAuthority certificationAuthority(
      Installation installation,
      DataSource dataSource,
      VaultDoor signer,
      Directories directory,
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      StatusAddresses addresses,
      StatusMeters meters,
      Clock clock,
      SecureRandom random)
      throws SigningUnavailable,
          SigningRefused,
          ConfigurationFaults,
          ListsMissing,
          IOException,
          GeneralSecurityException {
    return CertificationAuthority.open(
        new CertificationAuthority.Surroundings(
            dataSource,
            signer,
            JournalKeys.of(installation.trust(), signer.members()),
            directory,
            directory,
            authorities,
            profiles,
            TermsCatalog.read(installation.authorities(), profiles),
            addresses,
            OcspWiring.settings(installation, profiles),
            meters,
            FirstOfficers.read(installation.trust()),
            installation.registration().approveByPasskey()
                ? Optional.of(SecurityKeyPages.of(installation.publicBaseUrl()))
                : Optional.empty(),
            installation.lists(),
            new CrlWatch.Alarm(
                installation.validation().crlAlarm().share(),
                installation.validation().crlAlarm().atMost()),
            weakKeys(installation),
            brake(installation.brake()),
            new Patience(
                installation.registration().passOnAfter(), installation.registration().zone()),
            installation.node(),
            Syslog.of(installation.syslog()),
            installation.timeServers().stream()
                .<ClockCheck.TimeSource>map(host -> new TimeServer(host, NTP, random))
                .toList(),
            clock,
            random));
  }

  private static Brake brake(Installation.Brake limits) {
    return new Brake(limits.ofDistrict(), limits.ofTenant(), limits.share(), limits.within());
  }

  private static WeakKeyLists weakKeys(Installation installation) throws IOException {
    Path folder = installation.weakKeys();
    return folder == null ? WeakKeyLists.none() : WeakKeyLists.read(folder);
  }

  @Bean
  RegistrationDesk registrationDesk(CertificationAuthority authority) {
    return authority.registration();
  }

  @Bean
  TermsDesk termsDesk(CertificationAuthority authority) {
    return authority.terms();
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
  PseudonymDesk pseudonyms(CertificationAuthority authority) {
    return authority.pseudonyms();
  }

  @Bean
  CertificateInventory inventory(CertificationAuthority authority) {
    return authority.inventory();
  }

  /** Only asked for after {@link #profiles}, which needs two people's consent to this, too. */
  @Bean
  DeliveryDesk deliveryDesk(
      Installation installation,
      CertificationAuthority authority,
      AuthorityCatalog authorities,
      ProfileCatalog profiles)
      throws IOException, ConfigurationFaults {
    return new DeliveryDesk(
        authority.inventory(),
        authorities,
        ServiceCatalog.read(installation.authorities(), authorities, profiles));
  }

  @Bean
  HandoverDesk handoverDesk(CertificationAuthority authority) {
    return authority.handover();
  }

  @Bean
  RevocationDesk revocationDesk(CertificationAuthority authority) {
    return authority.revocation();
  }

  @Bean
  Hotline hotline(CertificationAuthority authority) {
    return authority.hotline();
  }

  @Bean
  HelpDesk helpDesk(CertificationAuthority authority) {
    return authority.counter().helpDesk();
  }

  @Bean
  ReviewDesk reviewDesk(CertificationAuthority authority) {
    return authority.counter().reviews();
  }

  /** Who may do what, by which group. */
  @Bean
  RoleDesk roleDesk(CertificationAuthority authority, Directories directories) {
    return authority.entrance().roles(directories.roleSources());
  }

  /** By the directories alone, grants come from here. */
  @Bean
  GrantDesk grantDesk(CertificationAuthority authority, Directories directories) {
    return authority.entrance().grants(directories);
  }

  /** Who logs in has the offices that the directory and grants give. */
  @Bean
  @Primary
  StaffLogin staff(CertificationAuthority authority, Directories directories) {
    return authority.entrance().offices(directories);
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
  Passkeys passkeys(Installation installation, CertificationAuthority authority, StaffLogin staff) {
    return authority.entrance().passkeys(staff, installation.firstPasskeyByPassword());
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
  CertificateDoor certificateDoor(Installation installation) {
    URI pages = installation.publicBaseUrl();
    var door = installation.certificateDoor();
    return new CertificateDoor(
        pages,
        door.baseUrl() == null
            ? URI.create("https://" + pages.getHost() + ":" + door.port())
            : door.baseUrl());
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
  CensusDesk censusDesk(CertificationAuthority authority) {
    return authority.counter().census();
  }

  @Bean
  BulkDesk bulkDesk(CertificationAuthority authority) {
    return authority.counter().bulk();
  }

  @Bean
  BulkWorker bulkWorker(CertificationAuthority authority, StaffLogin staff) {
    return authority.counter().bulkWorker(staff);
  }

  @Bean
  BusinessHours businessHours(Installation installation) {
    return installation.campaigns().hours(installation.registration().zone());
  }

  @Bean
  CampaignDesk campaignDesk(CertificationAuthority authority, BusinessHours hours) {
    return authority.counter().campaigns(hours);
  }

  @Bean
  CampaignWorker campaignWorker(
      CertificationAuthority authority, BusinessHours hours, StaffLogin staff) {
    return authority.counter().campaignWorker(hours, staff);
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
  ExpiryDesk expiryDesk(CertificationAuthority authority) {
    return authority.counter().expiry();
  }

  @Bean
  @ConditionalOnProperty("kreissiegel.costs.euros")
  CostSettings costs(Installation installation) {
    return Objects.requireNonNull(installation.costs()).settings();
  }

  @Bean
  AuditDesk auditDesk(CertificationAuthority authority) {
    return authority.audit();
  }

  @Bean
  DirectoryFollowers directoryFollowers(
      Directories directories, CertificationAuthority authority, Clock clock) {
    return new DirectoryFollowers(directories.followers(authority.lifecycle(), clock));
  }

  /** Started before the pages are: it answers as soon as there is a database. */
  @Bean(initMethod = "start", destroyMethod = "close")
  ValidationServer validationServer(
      Installation installation,
      CertificationAuthority authority,
      AuthorityCatalog authorities,
      Clock clock) {
    return new ValidationServer(
        authority.ocsp().responder(),
        authority.crls(),
        authorities,
        new InetSocketAddress(
            installation.validation().address(), installation.validation().port()),
        clock);
  }

  /** What runs by itself begins when everything stands. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> begin(
      CertificationAuthority authority,
      BulkWorker bulk,
      CampaignWorker campaigns,
      Directories directories,
      DirectoryFollowers followers) {
    return _ -> {
      authority.start();
      authority.start(bulk);
      authority.start(campaigns);
      authority.watchRoles(directories);
      followers.start();
    };
  }

  private static HikariDataSource pool(String url, String user, String password) {
    var settings = new HikariConfig();
    settings.setJdbcUrl(url);
    settings.setUsername(user);
    settings.setPassword(password);
    settings.setMaximumPoolSize(CONNECTIONS);
    settings.setConnectionTimeout(10_000);
    settings.addDataSourceProperty("reWriteBatchedInserts", "true");
    settings.addDataSourceProperty("ApplicationName", "kreissiegel");
    // Seconds. A server that takes the question and never answers must not hold a page for ever.
    settings.addDataSourceProperty("socketTimeout", "60");
    return new HikariDataSource(settings);
  }

  private static String secret(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  /**
   * The pool, and the server behind it if it is ours. Closed in this order.
   *
   * @param pool of connections
   * @param server the embedded one
   */
  record Databases(HikariDataSource pool, AutoCloseable server) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      pool.close();
      server.close();
    }
  }
}
