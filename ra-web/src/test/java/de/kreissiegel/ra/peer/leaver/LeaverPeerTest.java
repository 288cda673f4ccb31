package de.kreissiegel.ra.peer.leaver;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.Directories;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.follow.DirectoryFollower;
import de.kreissiegel.ra.house.BareHouse;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it says in how many seconds the house knows of something")
@AgainstPeer({Peer.SLAPD, Peer.LDAPMODIFY})
class LeaverPeerTest {
  private static final Duration GOAL = Duration.ofSeconds(5);

  private static final AuthorityName PEOPLE = new AuthorityName("people");

  @TempDir Path folder;

  @Test
  void isRevokedByOcspWithinSecondsOfLeavingTheDirectory(
      @AgainstPeer(Peer.SLAPD) PeerSession slapd,
      @AgainstPeer(Peer.LDAPMODIFY) PeerSession ldapmodify)
      throws Exception {
    try (var server = new RunningSlapd(slapd, Files.createDirectories(folder.resolve("slapd")));
        var house = new BareHouse(folder);
        var directories = directories(server);
        CertificationAuthority authority = house.open("house", "node")) {
      StoredCertificate certificate = stored(house, theSame(house, "staff", directories, "Erika"));
      stored(house, theSame(house, "officer", directories, "Max"));
      List<DirectoryFollower> followers =
          directories.followers(authority.lifecycle(), Clock.systemUTC());
      authority.start();
      followers.forEach(DirectoryFollower::start);
      try {
        await(() -> !isRevoked(house, authority, certificate), "a good answer");
        await(
            () ->
                followers.getFirst().source().isPresent()
                    && !authority.lifecycle().known(followers.getFirst().name()).isEmpty(),
            "the directory is followed");
        slapd.sees(
            "by content synchronisation",
            () ->
                assertThat(followers.getFirst().source().orElseThrow().toString())
                    .contains("SYNC"));

        Output changed = disable(ldapmodify, server);
        Instant then = Instant.now();
        ldapmodify.sees("the change", () -> assertThat(changed.exit()).as(changed.text()).isZero());
        await(() -> isRevoked(house, authority, certificate), "revoked by OCSP");
        Duration took = Duration.between(then, Instant.now());
        System.out.println("From the change in slapd to revoked by OCSP: " + took);
        slapd.sees("revoked soon", () -> assertThat(took).isLessThan(GOAL));
      } finally {
        followers.forEach(DirectoryFollower::close);
      }
    }
  }

  private Output disable(PeerSession ldapmodify, RunningSlapd server) throws Exception {
    Path change = folder.resolve("change.ldif");
    Files.writeString(
        change,
        """
        dn: %s
        changetype: modify
        add: employeeType
        employeeType: disabled
        """
            .formatted(RunningSlapd.PERSON));
    return ldapmodify.run(
        "-x",
        "-H",
        server.address().toString(),
        "-D",
        RunningSlapd.ADMINISTRATOR,
        "-w",
        RunningSlapd.PASSWORD,
        "-f",
        change.toString());
  }

  private static Directories directories(RunningSlapd server) {
    return new Directories(
        List.of(
            new LdapDirectory(
                DirectoryConfig.of(
                    server.address(),
                    RunningSlapd.ACCOUNT,
                    RunningSlapd.PASSWORD,
                    RunningSlapd.BASE),
                Clock.systemUTC())));
  }

  /** Somebody of the house's, who is in the server, too. */
  private static SubjectId theSame(
      BareHouse house, String login, Directories directories, String name) throws Exception {
    SubjectId id = directories.search(Staff.HASSFURT, SubjectKind.PERSON, name, 1).getFirst().id();
    house
        .staff()
        .change(
            login,
            person ->
                new Actor.Person(
                    id,
                    person.displayName(),
                    person.login(),
                    person.tenants(),
                    person.officerFor(),
                    Set.of(),
                    person.auditorFor(),
                    Proof.CERTIFICATE));
    return id;
  }

  /** As a loader stores one: what it says inside doesn't matter to its status. */
  private static StoredCertificate stored(BareHouse house, SubjectId holder) {
    Books books = house.books("house");
    Instant now = house.clock().instant();
    var serial = new SerialNumber(new BigInteger(120, new SecureRandom()).setBit(120));
    var certificate =
        new StoredCertificate(
            PEOPLE,
            serial,
            Bytes.of(serial.value().toByteArray()),
            new ProfileName("vpn-client"),
            1,
            Optional.of(Staff.HASSFURT),
            Optional.of(holder),
            "CN=" + holder,
            "",
            Optional.empty(),
            now.minusSeconds(60),
            now.plus(Duration.ofDays(30)),
            new CertificateStatus.Good(),
            0);
    byte[] hash = new byte[32];
    new SecureRandom().nextBytes(hash);
    books
        .transactions()
        .inTransaction(
            transaction ->
                books
                    .certificates()
                    .insert(transaction, certificate, Bytes.of(hash), Bytes.of(hash)));
    return certificate;
  }

  private static boolean isRevoked(
      BareHouse house, CertificationAuthority authority, StoredCertificate certificate)
      throws Exception {
    var issuer =
        new X509CertificateHolder(
            house.authorities().find(PEOPLE).orElseThrow().certificate().toArray());
    var id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            issuer,
            certificate.serial().value());
    byte[] request = new OCSPReqBuilder().addRequest(id).build().getEncoded();
    var response = new OCSPResp(authority.ocsp().responder().respond(request).encoded().toArray());
    if (response.getStatus() != OCSPResp.SUCCESSFUL) {
      throw new IllegalStateException("OCSP says " + response.getStatus());
    }
    var basic = (BasicOCSPResp) response.getResponseObject();
    return basic.getResponses()[0].getCertStatus() instanceof RevokedStatus;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition, String what) throws Exception {
    Instant end = Instant.now().plusSeconds(20);
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IllegalStateException notYet) {
        // OCSP has no answer yet.
      }
      assertThat(Instant.now()).as(what).isBefore(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
