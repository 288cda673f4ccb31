package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Structures;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What {@link StatementFuzzTest} begins with. */
final class StatementFuzzSeeds {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final KeyId KEY = new KeyId("people");

  private StatementFuzzSeeds() {}

  /** Writes all seeds; the argument is {@code src/test/resources}. */
  public static void main(String[] arguments) throws Exception {
    Path inputs =
        Path.of(arguments[0], "de", "kreissiegel", "hsm", "approval", "StatementFuzzTestInputs");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Bytes publicKey = Bytes.of(pair.getPublic().getEncoded());
    Bytes approval =
        new ApprovalStatement(
                new UUID(1, 2),
                KEY,
                "person",
                Structures.name(new X500Name("CN=Erika Muster,O=Landkreis Test,C=DE")),
                Bytes.fromHex("300ca00a"),
                publicKey,
                NOW.plus(Duration.ofDays(365)),
                Duration.ofDays(365),
                "Landkreis Test",
                Bytes.of(new byte[0]),
                "erika",
                NOW)
            .encoded();
    write(inputs.resolve("readsApprovalsInOneWay"), approval);
    write(
        inputs.resolve("readsReleasesInOneWay"),
        new ReleaseStatement(
                new UUID(1, 2),
                KEY,
                Bytes.of(new byte[32]),
                "erika",
                "Az. 17",
                "Landkreis Test",
                "max",
                NOW)
            .encoded());
    write(
        inputs.resolve("readsRegistrationsInOneWay"),
        new SecurityKeyRegistration("pki.example", Bytes.of(new byte[16]), publicKey, NOW)
            .encoded());
    write(inputs.resolve("readsMessagesOfOfficersOrRefuses"), message(pair, approval));
  }

  private static Bytes message(KeyPair pair, Bytes content) throws Exception {
    X500Name name = new X500Name("CN=Officer");
    ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    X509CertificateHolder certificate =
        new X509v3CertificateBuilder(
                name,
                BigInteger.ONE.shiftLeft(100),
                Date.from(NOW),
                Date.from(NOW.plus(Duration.ofDays(365))),
                name,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
            .build(signer);
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
            .build(signer, certificate));
    generator.addCertificate(certificate);
    byte[] encoded =
        generator
            .generate(
                new CMSProcessableByteArray(Identifiers.APPROVAL_STATEMENT, content.toArray()),
                true)
            .getEncoded("DER");
    return Bytes.of(encoded);
  }

  private static void write(Path directory, Bytes octets) throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve("whole"), octets.toArray());
  }
}
