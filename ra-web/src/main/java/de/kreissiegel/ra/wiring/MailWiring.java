package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.PostOffice;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.BounceSource;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.letter.LetterSettings;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.mail.BounceMailbox;
import de.kreissiegel.ra.mail.LetterTemplates;
import de.kreissiegel.ra.mail.LetterWords;
import de.kreissiegel.ra.mail.MailCertificate;
import de.kreissiegel.ra.mail.MailSettings;
import de.kreissiegel.ra.mail.MailSigner;
import de.kreissiegel.ra.mail.SmtpCourier;
import de.kreissiegel.ra.mail.SmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Letters, where there is a mail server to send them. */
@Configuration(proxyBeanMethods = false)
public class MailWiring {
  private static final ProfileName PROFILE = new ProfileName("system-mail");

  /** How letters stand; also where none are sent. */
  @Bean
  LetterBook letters(
      Installation installation, DataSource database, Clock clock, SecureRandom random) {
    return Books.of(database, installation.node(), clock, random).letters();
  }

  @Bean
  LetterDesk letterDesk(CertificationAuthority authority) {
    return authority.counter().letters();
  }

  /** Present as long as this node runs; without a mail server there is nothing in it. */
  @Bean
  Posting posting(
      Installation installation,
      LetterBook letters,
      DataSource database,
      SubjectDirectory directory,
      ProfileCatalog profiles,
      CertificationAuthority authority,
      AuthorityCatalog authorities,
      MessageSource words,
      Clock clock,
      SecureRandom random)
      throws IOException, GeneralSecurityException, ConfigurationFaults {
    Installation.Mail mail = installation.mail();
    if (mail == null) {
      letters.open(false);
      return new Posting(Optional.empty());
    }
    var templates = new LetterTemplates(mail.templates());
    List<ConfigurationFault> faults = templates.faults();
    if (!faults.isEmpty()) {
      throw new ConfigurationFaults(faults);
    }
    var settings =
        new MailSettings(
            mail.from(),
            mail.fromName(),
            Optional.ofNullable(mail.bounces()),
            installation.publicBaseUrl());
    var courier =
        new SmtpCourier(
            server(mail),
            settings,
            new LetterWords(templates, profiles, words, installation.publicBaseUrl(), mail.zone()),
            mail.signed()
                ? Optional.of(
                    signer(installation, mail, authority, authorities, profiles, clock, random))
                : Optional.empty(),
            clock);
    return new Posting(
        Optional.of(
            new PostOffice(
                new PostOffice.Surroundings(
                    database,
                    directory,
                    profiles,
                    letterSettings(mail),
                    courier,
                    bounces(mail),
                    installation.node(),
                    clock,
                    random))));
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> beginPosting(Posting posting) {
    return _ -> posting.office().ifPresent(PostOffice::start);
  }

  /** What is wrong with the templates that an installation's configuration names. */
  public static List<ConfigurationFault> faults(Path configuration) throws IOException {
    Path folder =
        InstallationReader.binder(configuration)
            .bind("kreissiegel.mail.templates", Path.class)
            .orElse(null);
    return new LetterTemplates(folder).faults();
  }

  private static LetterSettings letterSettings(Installation.Mail mail) {
    return new LetterSettings(
        mail.reminders(), mail.zone(), mail.operator(), mail.giveUpAfter(), mail.keep());
  }

  static SmtpServer server(Installation.Mail mail) throws IOException, CertificateException {
    return new SmtpServer(
        mail.host(),
        mail.port(),
        mail.encryption(),
        anchors(mail.trust()),
        login(mail),
        mail.timeout());
  }

  private static Optional<BounceSource> bounces(Installation.Mail mail)
      throws IOException, CertificateException {
    Installation.Mailbox box = mail.bounceMailbox();
    return box == null
        ? Optional.empty()
        : Optional.of(
            new BounceMailbox(
                new SmtpServer(
                    box.host(),
                    box.port(),
                    box.encryption(),
                    anchors(mail.trust()),
                    Optional.of(
                        new SmtpServer.Login(
                            box.user(), Files.readString(box.passwordFile()).strip())),
                    mail.timeout())));
  }

  private static Optional<SmtpServer.Login> login(Installation.Mail mail) throws IOException {
    if (mail.user() == null || mail.passwordFile() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SmtpServer.Login(mail.user(), Files.readString(mail.passwordFile()).strip()));
  }

  static List<X509Certificate> anchors(@Nullable Path file)
      throws IOException, CertificateException {
    if (file == null) {
      return List.of();
    }
    try (var in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  private static MailSigner signer(
      Installation installation,
      Installation.Mail mail,
      CertificationAuthority authority,
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      Clock clock,
      SecureRandom random)
      throws CertificateException {
    return new MailCertificate(
        installation.web().resolve("mail.pem"),
        mail.from(),
        Chains.rootAbove(profiles.get(PROFILE), authorities, clock),
        issuer(authority, authorities),
        clock,
        random);
  }

  static MailCertificate.Issuer issuer(
      CertificationAuthority authority, AuthorityCatalog authorities) {
    return (key, address) -> {
      StoredCertificate issued =
          authority.systemCertificates().issueForMail(PROFILE, Bytes.of(key.getEncoded()), address);
      return Chains.of(issued, authorities.get(issued.authority()));
    };
  }

  /**
   * Whoever sends letters on this node.
   *
   * @param office nobody, where there is no mail server
   */
  public record Posting(Optional<PostOffice> office) implements AutoCloseable {
    @Override
    public void close() {
      office.ifPresent(PostOffice::close);
    }
  }
}
