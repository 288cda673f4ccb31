package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;

/** What {@link GateFuzzTest} begins with; {@link #main} writes the kept inputs anew. */
final class FuzzSeeds {
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  static final KeyId KEY = new KeyId("fuzzed");

  /** On P-256; nobody has the private key. */
  static final Bytes PUBLIC_KEY =
      Bytes.fromHex(
          "3059301306072a8648ce3d020106082a8648ce3d0301070342000473f17d2c1b11d336c9985f644896d0bb"
              + "650240c689f9ecc7335a1facb725a8a5060c67176510798eb396098306a86f9688e06f7dabbdfaf49f"
              + "aac5d02653e485");

  static final VaultKey TOLD =
      new VaultKey(
          KEY,
          PUBLIC_KEY,
          Bytes.fromHex("300a06082a8648ce3d040302"),
          EnumSet.allOf(SignedStructure.class),
          VaultKey.State.ACTIVE);
  static final KeyFacts FACTS =
      new KeyFacts(PUBLIC_KEY, TOLD.signatureAlgorithm(), PUBLIC_KEY::equals);

  private static final Instant END = NOW.plus(Duration.ofDays(3650));
  private static final KeyPolicy ISSUING =
      KeyPolicy.issuing(Structures.name(TestVault.ISSUER), Duration.ofDays(825), END);
  private static final KeyPolicy ROOT = KeyPolicy.root(Structures.name(TestVault.ISSUER), END);

  /** A key that may do everything, as none does. */
  static final KeyPolicy ALL =
      new KeyPolicy(
          ISSUING.certificates(),
          ISSUING.lists(),
          KeyPolicy.ocspResponder(Structures.name(TestVault.ISSUER)).ocsp(),
          true,
          true,
          LesserStructures.ALL.lesser());

  private FuzzSeeds() {}

  static List<KeyPolicy> certificatePolicies() {
    return List.of(ISSUING, ROOT);
  }

  /** Writes all seeds; the argument is {@code src/test/resources}. */
  public static void main(String[] arguments) throws IOException {
    Path inputs = Path.of(arguments[0], "de", "kreissiegel", "hsm", "policy", "GateFuzzTestInputs");
    certificates(inputs.resolve("letsOnlyDistinguishedCertificatesThrough"));
    lists(inputs.resolve("readsListsInAnyPiecesAlike"));
    Path ocsp = inputs.resolve("letsOnlyDistinguishedOcspAnswersThrough");
    write(ocsp, "good", Structures.ocsp(TOLD, NOW, NOW.plus(Duration.ofDays(1))));
    Path requests = inputs.resolve("letsOnlyDistinguishedRequestsThrough");
    write(requests, "plain", LesserStructures.request(PUBLIC_KEY.toArray()));
    write(requests, "with-extension", LesserStructures.request(TOLD));
    write(
        inputs.resolve("letsOnlyDistinguishedTimeStampsThrough"),
        "whole",
        LesserStructures.timeStamp(NOW));
    write(
        inputs.resolve("letsOnlyDistinguishedMessagesThrough"),
        "whole",
        LesserStructures.message(TOLD, NOW));
    write(
        inputs.resolve("letsOnlyDistinguishedAuditHeadsThrough"),
        "head",
        Structures.auditHead(3, NOW));
    policies(inputs.resolve("readsPoliciesOrNamesTheFault"));
    write(inputs.resolve("letsOnlyCanonicalRecordsThrough"), "record", LesserStructures.record());
  }

  private static void certificates(Path to) throws IOException {
    write(to, "end-entity", certificate().encoded());
    write(to, "authority", certificate().authority(0).encoded());
    write(
        to,
        "server",
        certificate()
            .extension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "www.kreis.example")))
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .extension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .encoded());
  }

  private static Structures.CertificateDraft certificate() {
    Structures.CertificateDraft draft = Structures.certificate(NOW, TOLD);
    draft.serial = BigInteger.ONE.shiftLeft(127);
    return draft;
  }

  private static void lists(Path to) throws IOException {
    write(to, "empty", new ListDraft(TOLD, NOW).encoded());
    write(to, "many", ListDraft.random(TOLD, NOW, new Random(1)).encoded());
    write(
        to,
        "delta",
        new ListDraft(TOLD, NOW)
            .entry(
                BigInteger.TWO,
                NOW,
                ListDraft.one(Extension.reasonCode, false, new ASN1Enumerated(8)))
            .extension(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.TWO))
            .encoded());
    write(
        to,
        "partition",
        new ListDraft(TOLD, NOW)
            .extension(
                Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20]))
            .extension(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(
                    new DistributionPointName(
                        new GeneralNames(
                            new GeneralName(
                                GeneralName.uniformResourceIdentifier,
                                new DERIA5String("http://pki.example/7.crl")))),
                    true,
                    false,
                    new ReasonFlags(ReasonFlags.keyCompromise),
                    false,
                    false))
            .encoded());
  }

  private static void policies(Path to) throws IOException {
    int number = 0;
    for (KeyPolicy policy : List.of(ISSUING, ROOT, ALL)) {
      String text = PolicyFile.write(KEY, PUBLIC_KEY, policy);
      write(to, "policy-" + ++number, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }
    write(to, "deep", Bytes.of("[".repeat(40).getBytes(StandardCharsets.UTF_8)));
  }

  private static void write(Path directory, String name, Bytes octets) throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve(name), octets.toArray());
  }
}
