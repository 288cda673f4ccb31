package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuperiorCeremonyTest {
  private static final AuthorityName NAME = new AuthorityName("verwaltung");
  private static final KeyId KEY = new KeyId("verwaltung");
  private static final String COMMON_NAME = "PROBE Landkreis Haßberge Verwaltungs CA 1";
  private static final X500Name SUPERIOR = new X500Name("CN=PROBE Superior Root,O=Freistaat,C=DE");

  @TempDir private Path folder;
  private Rehearsal rehearsal;
  private Place place;
  private KeyPair superior;

  @BeforeEach
  void request() throws Exception {
    rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal.init();
    place = new Place(rehearsal.data);
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(384);
    superior = generator.generateKeyPair();

    Path policy = folder.resolve("policy.yaml");
    Files.writeString(
        policy,
        "certification-requests:\n  subject: %s\n  extensions: []\n"
            .formatted(
                Base64.getEncoder()
                    .encodeToString(
                        AuthorityNames.encoded("Landkreis Haßberge", COMMON_NAME).toArray())));
    rehearsal.confirmed(5).given("ceremony");
    rehearsal
        .ceremonies(Locale.GERMAN)
        .makeKey(KEY, KeyAlgorithm.ECDSA_P384, policy, Optional.empty());
    rehearsal.confirmed(5).given("ceremony").answer("handed", "Frau Süß, Landesamt");
    Path record =
        rehearsal
            .ceremonies(Locale.GERMAN)
            .requestFromSuperior(NAME, KEY, COMMON_NAME, LocalDate.of(2027, 1, 31));
    assertThat(Files.readString(record.resolve("record.json")))
        .contains("übergeben an Frau Süß, Landesamt, Frist 2027-01-31");
    rehearsal.confirmed(5).given("ceremony");
  }

  @Test
  void takesTheChainThatTheSuperiorIssued() throws Exception {
    PKCS10CertificationRequest asked = asked();
    assertThat(
            asked.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(asked.getSubjectPublicKeyInfo())))
        .isTrue();
    Path chain = chain(issue(asked.getSubject(), asked.getSubjectPublicKeyInfo(), true));
    Path record =
        rehearsal.ceremonies(Locale.GERMAN).installFromSuperior(NAME, chain, Optional.empty());
    assertThat(record.resolve("verwaltung-chain.pem")).exists();
    assertThat(Files.readString(place.superiors().resolve("verwaltung/state.yaml")))
        .contains("installed");
    assertThatThrownBy(
            () ->
                rehearsal
                    .ceremonies(Locale.GERMAN)
                    .installFromSuperior(NAME, chain, Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("kein Antrag offen");
  }

  @Test
  void refusesWhatTheSuperiorShouldNotHaveIssued() throws Exception {
    PKCS10CertificationRequest asked = asked();
    refuses(
        chain(issue(new X500Name("CN=Other,C=DE"), asked.getSubjectPublicKeyInfo(), true)),
        "superior-name");
    refuses(
        chain(issue(asked.getSubject(), asked.getSubjectPublicKeyInfo(), false)), "superior-usage");
    refuses(
        chain(
            issue(
                asked.getSubject(),
                SubjectPublicKeyInfo.getInstance(superior.getPublic().getEncoded()),
                true)),
        "superior-key");
    X509CertificateHolder good = issue(asked.getSubject(), asked.getSubjectPublicKeyInfo(), true);
    Path alone = folder.resolve("alone.pem");
    write(alone, good);
    refuses(alone, "superior-chain");
    superior = KeyPairGenerator.getInstance("EC").generateKeyPair();
    refuses(chain(good), "superior-path");
    Files.writeString(alone, "nothing");
    refuses(alone, "superior-");
  }

  private void refuses(Path chain, String rule) {
    assertThatThrownBy(
            () ->
                rehearsal
                    .ceremonies(Locale.GERMAN)
                    .installFromSuperior(NAME, chain, Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining(rule);
  }

  private PKCS10CertificationRequest asked() throws Exception {
    try (var parser =
        new PEMParser(
            new StringReader(
                Files.readString(place.superiors().resolve("verwaltung/verwaltung.csr"))))) {
      return (PKCS10CertificationRequest) parser.readObject();
    }
  }

  private Path chain(X509CertificateHolder own) throws Exception {
    X509CertificateHolder root =
        issue(SUPERIOR, SubjectPublicKeyInfo.getInstance(superior.getPublic().getEncoded()), true);
    Path file = folder.resolve("chain.pem");
    write(file, root, own);
    return file;
  }

  private static void write(Path file, X509CertificateHolder... certificates) throws Exception {
    try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      for (X509CertificateHolder certificate : certificates) {
        writer.writeObject(certificate);
      }
    }
  }

  private X509CertificateHolder issue(X500Name subject, SubjectPublicKeyInfo key, boolean authority)
      throws Exception {
    var builder =
        new X509v3CertificateBuilder(
            SUPERIOR,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(Instant.now().minusSeconds(60)),
            Date.from(Instant.now().plus(Duration.ofDays(365))),
            subject,
            key);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return builder.build(
        new JcaContentSignerBuilder("SHA384withECDSA").build(superior.getPrivate()));
  }
}
