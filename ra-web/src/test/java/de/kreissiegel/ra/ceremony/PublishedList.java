package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;

/** The CRL that an authority had published, signed by its key in the vault. */
final class PublishedList {
  private PublishedList() {}

  static Bytes of(Place place, String name) throws Exception {
    Authority authority = AuthorityFiles.read(place.authorities()).get(new AuthorityName(name));
    try (Vault vault = LaterCeremoniesTest.open(place)) {
      VaultKey key =
          vault.keys().stream()
              .filter(one -> one.id().equals(authority.key()))
              .findFirst()
              .orElseThrow();
      var extensions = new ExtensionsGenerator();
      extensions.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new AuthorityKeyIdentifier(authority.subjectKeyIdentifier().toArray()));
      extensions.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(7)));
      var list = new V2TBSCertListGenerator();
      Instant now = Instant.now();
      list.setIssuer(X500Name.getInstance(authority.subjectName().toArray()));
      list.setSignature(AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray()));
      list.setThisUpdate(new Time(Date.from(now)));
      list.setNextUpdate(new Time(Date.from(now.plus(Duration.ofDays(1)))));
      list.setExtensions(extensions.generate());
      var tbs = list.generateTBSCertList();
      Bytes signature =
          vault
              .sign(
                  new SignRequest(
                      UUID.randomUUID(),
                      authority.key(),
                      SignedStructure.CERTIFICATE_LIST,
                      Bytes.of(tbs.getEncoded("DER"))))
              .signature();
      var parts = new ASN1EncodableVector();
      parts.add(tbs);
      parts.add(AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray()));
      parts.add(new DERBitString(signature.toArray()));
      return Bytes.of(new DERSequence(parts).getEncoded("DER"));
    }
  }
}
