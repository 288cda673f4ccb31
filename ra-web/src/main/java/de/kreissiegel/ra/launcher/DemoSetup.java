package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.ceremony.FirstOfficers;
import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.officer.OfficerFile;
import de.kreissiegel.ra.walkthrough.Appointments;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The demo's first start: secrets, district, vault, hierarchy, configuration. The configuration is
 * written last; a folder without it is half made.
 */
final class DemoSetup {
  private final DataDirectory folder;
  private final Ports ports;
  private final Clock clock;
  private final SecureRandom random;

  DemoSetup(DataDirectory folder, Ports ports, Clock clock, SecureRandom random) {
    this.folder = folder;
    this.ports = ports;
    this.clock = clock;
    this.random = random;
  }

  void perform() throws LaunchFailure {
    try {
      folder.begin();
      var secrets = new Secrets(random);
      String rootPassphrase = secrets.passphrase();
      String operational = secrets.passphrase();
      String officerPassword = secrets.passphrase();
      DataDirectory.writeSecret(folder.secret("vault-passphrase"), operational);
      DataDirectory.writeSecret(folder.secret("database-password"), secrets.passphrase());
      Console.say("  making the sample district …");
      DemoDistrict district = DemoDistrict.make(folder, ports, random);
      DemoCredentials credentials = district.credentials(officerPassword, rootPassphrase);
      Map<Bytes, String> officers = firstOfficers(credentials);
      Console.step(
          "vault, root and issuing authorities",
          () -> hierarchy(operational, rootPassphrase, officers.keySet()));
      DemoServices.write(folder.authorities(), random);
      FirstOfficers.write(folder.trust(), officers);
      new CredentialsFile(folder.root()).write(credentials);
      ports.write(folder);
      Files.writeString(
          folder.configuration(), new DemoConfiguration(folder, ports).text(district.account()));
    } catch (IOException | GeneralSecurityException failure) {
      throw new LaunchFailure("the first start failed: " + failure.getMessage(), failure);
    }
  }

  /** Makes the keys of those whom the policies name; their names by the keys' hashes. */
  private Map<Bytes, String> firstOfficers(DemoCredentials credentials)
      throws IOException, GeneralSecurityException {
    var names = new LinkedHashMap<Bytes, String>();
    for (DemoRole role : Appointments.FIRST) {
      var person = credentials.person(role);
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      OfficerFile.uncertified(pair, clock.instant())
          .write(
              DemoCredentials.keyFile(folder.root(), person),
              credentials.officerKeyPassword().toCharArray());
      names.put(SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded())), person.name());
    }
    return names;
  }

  private void hierarchy(String operational, String rootPassphrase, Set<Bytes> firstOfficers)
      throws LaunchFailure {
    DemoHierarchy.LogKeys keys;
    try {
      keys =
          new DemoHierarchy(clock, random)
              .make(
                  folder.vault(),
                  folder.authorities(),
                  operational.toCharArray(),
                  rootPassphrase.toCharArray(),
                  firstOfficers,
                  URI.create("http://localhost:" + ports.http()),
                  URI.create("https://localhost:" + ports.https()));
    } catch (IOException | VaultUnusable | SigningUnavailable | SigningRefused failure) {
      throw new LaunchFailure("the hierarchy can't be made: " + failure.getMessage(), failure);
    }
    try {
      Path trust = folder.trust();
      Files.writeString(trust.resolve("journal.pem"), Pem.publicKey(keys.journal()));
      Files.writeString(trust.resolve("audit.pem"), Pem.publicKey(keys.audit()));
      anchors(AuthorityFiles.read(folder.authorities()));
    } catch (IOException failure) {
      throw new LaunchFailure("the anchors can't be written: " + failure.getMessage(), failure);
    }
  }

  /** What relying parties take: the root alone, and all authorities. */
  private void anchors(AuthorityCatalog authorities) throws IOException {
    var root = new StringBuilder();
    var chain = new StringBuilder();
    for (Authority authority : authorities.all()) {
      String pem = Pem.certificate(authority.certificate());
      (authority.isRoot() ? root : chain).append(pem);
    }
    Files.writeString(folder.trust().resolve("root.pem"), root);
    Files.writeString(folder.trust().resolve("chain.pem"), chain.append(root));
  }
}
