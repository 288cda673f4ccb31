package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.PostOffice;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.letter.Cue;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.letter.LetterSettings;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ra.house.BareHouse;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.mail.BounceMailbox;
import de.kreissiegel.ra.mail.LetterTemplates;
import de.kreissiegel.ra.mail.LetterWords;
import de.kreissiegel.ra.mail.MailCertificate;
import de.kreissiegel.ra.mail.MailSettings;
import de.kreissiegel.ra.mail.SmtpCourier;
import de.kreissiegel.ra.mail.SmtpServer;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.StaticMessageSource;

/**
 * Letters go through a Postfix of its own, which asks for TLS, and are signed; what it sends back
 * is read from a Dovecot.
 */
@AgainstPeer({Peer.POSTFIX, Peer.DOVECOT, Peer.OPENSSL})
class PostfixPeerTest {
  private static final String FROM = "kreissiegel@pki.example";
  private static final List<String> SERVICES =
      List.of(
          "pickup unix n - n 60 1 pickup",
          "cleanup unix n - n - 0 cleanup",
          "qmgr unix n - n 300 1 qmgr",
          "tlsmgr unix - - n 1000? 1 tlsmgr",
          "rewrite unix - - n - - trivial-rewrite",
          "bounce unix - - n - 0 bounce",
          "defer unix - - n - 0 bounce",
          "trace unix - - n - 0 bounce",
          "error unix - - n - - error",
          "retry unix - - n - - error",
          "virtual unix - n n - - virtual",
          "anvil unix - - n - 1 anvil",
          "scache unix - - n - 1 scache",
          "proxymap unix - - n - - proxymap",
          "postlog unix-dgram n - n - 1 postlogd");

  @TempDir Path folder;
  private int port;
  private int imapPort;
  private BareHouse house;
  private CertificationAuthority authority;

  @AfterEach
  void close() throws Exception {
    postfix("stop");
    run("doveadm", "-c", file("dovecot.conf"), "stop");
    authority.close();
    house.close();
  }

  @Test
  void deliversSignedLettersInOrderAlsoAfterAnOutageAndSaysWhoDoesNotExist(
      @AgainstPeer(Peer.POSTFIX) PeerSession daemon,
      @AgainstPeer(Peer.DOVECOT) PeerSession dovecot,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    house = new BareHouse(folder.resolve("lists"));
    authority = house.open("house", "node");
    configure(openssl);
    LetterBook letters = house.books("house").letters();
    try (PostOffice office = office()) {
      write(letters, "anna", "otto");
      office.correspondence().send();
      assertThat(letters.standing().waiting()).as("Postfix isn't there yet").isEqualTo(2);

      postfix("start");
      awaitPort(port);
      write(letters, "nobody");
      write(letters, "gone");
      house.clock().forward(Duration.ofMinutes(1));
      office.correspondence().send();
      bounced(dovecot, letters, office);
    }

    assertThat(letters.standing().waiting()).isZero();
    Path annas = mailOf("anna");
    Path ottos = mailOf("otto");
    daemon.sees(
        "what waited, once it is there, in order, each with a sender of its own",
        () ->
            assertThat(Files.readString(folder.resolve("log")).lines())
                .filteredOn(line -> line.contains("qmgr") && line.contains("from=<bounces+"))
                .hasSize(3));
    daemon.sees(
        "TLS", () -> assertThat(Files.readString(annas)).contains("(using TLSv1.3 with cipher"));
    daemon.sees(
        "nobody of the name nobody",
        () ->
            assertThat(letters.troublesAbout("certificate:people/nobody"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.error()).contains("User unknown")));
    verify(openssl, annas);
    verify(openssl, ottos);
  }

  /** Postfix takes it, and sends it back. */
  private void bounced(PeerSession dovecot, LetterBook letters, PostOffice office)
      throws Exception {
    mailOf("bounces");
    run("dovecot", "-c", file("dovecot.conf"));
    awaitPort(imapPort);
    new BounceMailbox(
            new SmtpServer(
                "localhost",
                imapPort,
                SmtpServer.Encryption.TLS,
                MailWiring.anchors(folder.resolve("cert.pem")),
                Optional.of(new SmtpServer.Login("bounces", "anything")),
                Duration.ofSeconds(20)))
        .read(office.correspondence()::bounced);
    dovecot.sees(
        "which letter came back, and why",
        () ->
            assertThat(letters.troublesAbout("certificate:people/gone"))
                .singleElement()
                .satisfies(
                    entry -> {
                      assertThat(entry.bounced()).isTrue();
                      assertThat(entry.error()).startsWith("5.1.1").contains("no such mailbox");
                    }));
  }

  private void verify(PeerSession openssl, Path mail) throws Exception {
    String text = Files.readString(mail);
    Path altered = folder.resolve("altered");
    Files.writeString(
        altered, text.replaceFirst("Noch 14", "Noch 99").replaceFirst("14 days", "99 days"));
    Output good = cms(openssl, mail);
    openssl.sees(
        "the signature, up to our root",
        () -> assertThat(good.text()).contains("CMS Verification successful"));
    Output bad = cms(openssl, altered);
    openssl.sees("that somebody altered it", () -> assertThat(bad.text()).contains("failure"));
    Output signer =
        openssl.run(
            "x509", "-in", file("signer.pem"), "-noout", "-ext", "subjectAltName,extendedKeyUsage");
    openssl.sees(
        "whose address signed it",
        () -> assertThat(signer.text()).contains(FROM).contains("E-mail Protection"));
  }

  private Output cms(PeerSession openssl, Path mail) throws Exception {
    return openssl.run(
        "cms",
        "-verify",
        "-in",
        mail.toString(),
        "-CAfile",
        file("root.pem"),
        "-signer",
        file("signer.pem"),
        "-out",
        file("content"));
  }

  private PostOffice office() throws Exception {
    X509Certificate root = root();
    pem("root.pem", root);
    var certificate =
        new MailCertificate(
            folder.resolve("mail.pem"),
            FROM,
            root,
            MailWiring.issuer(authority, house.authorities()),
            house.clock(),
            new SecureRandom());
    var settings =
        new MailSettings(
            FROM,
            "Kreissiegel",
            Optional.of("bounces@pki.example"),
            URI.create("https://pki.example"));
    var server =
        new SmtpServer(
            "localhost",
            port,
            SmtpServer.Encryption.STARTTLS,
            List.of(MailWiring.anchors(folder.resolve("cert.pem")).getFirst()),
            Optional.empty(),
            Duration.ofSeconds(20));
    var words =
        new LetterWords(
            new LetterTemplates(null),
            ProfileCatalog.bundled(),
            new StaticMessageSource(),
            settings.pages(),
            ZoneId.of("Europe/Berlin"));
    Clock clock = house.clock();
    return new PostOffice(
        new PostOffice.Surroundings(
            house.database("house"),
            house.staff(),
            ProfileCatalog.bundled(),
            new LetterSettings(
                List.of(14),
                ZoneId.of("Europe/Berlin"),
                "betrieb@pki.example",
                Duration.ofDays(5),
                Duration.ofDays(90)),
            new SmtpCourier(server, settings, words, Optional.of(certificate), clock),
            Optional.empty(),
            "node",
            clock,
            new SecureRandom()));
  }

  private X509Certificate root() throws Exception {
    return Chains.certificate(
        house
            .authorities()
            .issuing(new AuthorityName("devices"), house.clock().instant())
            .orElseThrow()
            .chain()
            .getLast());
  }

  /** READY, for a reminder of a certificate that isn't there would be moot. */
  private void write(LetterBook letters, String... people) {
    for (String one : people) {
      var cue =
          new Cue(
              UUID.randomUUID().toString(),
              LetterKind.READY,
              "certificate:people/" + one,
              Optional.of(Staff.HASSFURT),
              house.clock().instant(),
              Map.of());
      house
          .books("house")
          .transactions()
          .inTransaction(
              transaction -> {
                letters.note(transaction, cue);
                return true;
              });
      letters.write(
          cue,
          List.of(
              new Letter(
                  cue.key(),
                  cue.kind(),
                  cue.tenant(),
                  cue.about(),
                  Optional.of(new SubjectId(one)),
                  one + "@town.example",
                  Map.of("profiles", "smime", "holder", "Noch 14 Müller"),
                  cue.key().replace("-", ""),
                  house.clock().instant())));
    }
  }

  private void configure(PeerSession openssl) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    openssl.run(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        file("key.pem"),
        "-out",
        file("cert.pem"),
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost");
    try (var free = new ServerSocket(0);
        var other = new ServerSocket(0)) {
      port = free.getLocalPort();
      imapPort = other.getLocalPort();
    }
    for (String one : List.of("conf", "queue", "data", "mail")) {
      Files.createDirectories(folder.resolve(one));
    }
    Files.writeString(
        folder.resolve("conf/main.cf"),
        """
        compatibility_level = 3.6
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        mail_owner = postfix
        setgid_group = postdrop
        myhostname = mail.town.example
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        maillog_file = %1$s/log
        maillog_file_prefixes = %1$s
        mynetworks = 127.0.0.0/8
        smtpd_tls_cert_file = %1$s/cert.pem
        smtpd_tls_key_file = %1$s/key.pem
        smtpd_tls_security_level = encrypt
        smtpd_tls_received_header = yes
        recipient_delimiter = +
        transport_maps = inline:{ {away.example=error:5.1.1 no such mailbox} }
        virtual_alias_maps = inline:{ gone@town.example=gone@away.example }
        virtual_mailbox_domains = town.example, pki.example
        virtual_mailbox_base = %1$s/mail
        virtual_mailbox_maps = inline:{ anna@town.example=anna/, otto@town.example=otto/, bounces@pki.example=bounces/ }
        virtual_minimum_uid = 8
        virtual_uid_maps = static:8
        virtual_gid_maps = static:8
        """
            .formatted(folder));
    Files.writeString(
        folder.resolve("conf/master.cf"),
        port + " inet n - n - - smtpd\n" + String.join("\n", SERVICES) + "\n");
    Files.writeString(
        folder.resolve("dovecot.conf"),
        """
        base_dir = %1$s/run
        state_dir = %1$s/run
        log_path = %1$s/dovecot.log
        protocols = imap
        listen = 127.0.0.1
        ssl = required
        ssl_cert = <%1$s/cert.pem
        ssl_key = <%1$s/key.pem
        first_valid_uid = 8
        mail_location = maildir:%1$s/mail/%%n
        passdb {
          driver = static
          args = nopassword=y
        }
        userdb {
          driver = static
          args = uid=8 gid=8 home=%1$s/mail/%%n
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = 0
          }
          inet_listener imaps {
            port = %2$d
            ssl = yes
          }
        }
        service anvil {
          chroot =
        }
        """
            .formatted(folder, imapPort));
    run("chown", "postfix", file("data"));
    run("chown", "mail:mail", file("mail"));
  }

  /** Postfix wants to be started by root. */
  private void postfix(String command) throws Exception {
    run("postfix", "-c", file("conf"), command);
  }

  private static void run(String... command) throws Exception {
    List<String> all = new ArrayList<>();
    if (!"root".equals(System.getProperty("user.name"))) {
      all.addAll(List.of("sudo", "-n"));
    }
    all.addAll(List.of(command));
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
  }

  private static void awaitPort(int port) throws Exception {
    for (int i = 0; i < 200; i++) {
      try (var there = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
  }

  /** Postfix delivers by itself; ten seconds at most. */
  private Path mailOf(String person) throws Exception {
    Path box = folder.resolve("mail").resolve(person).resolve("new");
    for (int i = 0; i < 200; i++) {
      if (Files.isDirectory(box)) {
        try (Stream<Path> mails = Files.list(box)) {
          Optional<Path> one = mails.findFirst();
          if (one.isPresent()) {
            return one.get();
          }
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nothing came: " + Files.readString(folder.resolve("log")));
  }

  private void pem(String name, X509Certificate certificate) throws Exception {
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
