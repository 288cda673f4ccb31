package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * A program of its own, for SoftHSM2 reads the environment of its process: rehearses a hierarchy by
 * the plan in its folder, opens the vault anew, and has the issuing authority {@code people} sign a
 * CRL.
 */
final class IssuingOnToken {
  private IssuingOnToken() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    String plan = Files.readString(rehearsal.plan());
    Files.writeString(
        rehearsal.plan(),
        plan.replace("Personen CA 1}", "Personen CA 1, token: network}")
                .replace("Geräte CA 1}", "Geräte CA 1, token: network, ocsp-token: network}")
            + "tokens:\n  - {name: network, library: %s, label: %s, pin-file: %s}\n"
                .formatted(arguments[1], arguments[2], arguments[3]));
    Path record = rehearsal.init();
    Files.writeString(folder.resolve("said.txt"), rehearsal.said.toString());
    Files.copy(record.resolve("record.json"), folder.resolve("record.json"));
    Place place = new Place(rehearsal.data);
    try (Vault vault = LaterCeremoniesTest.open(place)) {
      Files.write(folder.resolve("people.crl"), list(vault, place));
    }
    rehearsal.confirmed(5).given("ceremony").answer("medium", "USB-Stift 1");
    Path backup = rehearsal.ceremonies(java.util.Locale.GERMAN).backUp(folder.resolve("backup"));
    Files.copy(backup.resolve("record.json"), folder.resolve("backup.json"));
  }

  private static byte[] list(Vault vault, Place place) throws Exception {
    X509Certificate people =
        Papers.parse(
            AuthorityFiles.read(place.authorities())
                .get(new AuthorityName("people"))
                .certificate());
    VaultKey key =
        vault.keys().stream()
            .filter(one -> one.id().value().equals("people"))
            .findFirst()
            .orElseThrow();
    var algorithm = AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray());
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(people.getPublicKey()));
    extensions.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
    var list = new V2TBSCertListGenerator();
    list.setIssuer(X500Name.getInstance(people.getSubjectX500Principal().getEncoded()));
    list.setSignature(algorithm);
    Instant now = Clock.systemUTC().instant();
    list.setThisUpdate(new Time(Date.from(now)));
    list.setNextUpdate(new Time(Date.from(now.plus(Duration.ofDays(3)))));
    list.setExtensions(extensions.generate());
    var signed = list.generateTBSCertList();
    Bytes signature =
        vault
            .sign(
                new SignRequest(
                    UUID.randomUUID(),
                    new KeyId("people"),
                    SignedStructure.CERTIFICATE_LIST,
                    Bytes.of(signed.getEncoded("DER"))))
            .signature();
    var parts = new ASN1EncodableVector();
    parts.add(signed);
    parts.add(algorithm);
    parts.add(new DERBitString(signature.toArray()));
    return new DERSequence(parts).getEncoded("DER");
  }
}
