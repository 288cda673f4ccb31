package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Time;

/** What the fields of a revocation list are; a test changes the one that it is about. */
final class ListDraft {
  X500Name issuer = TestVault.ISSUER;
  ASN1Encodable version = new ASN1Integer(1);
  byte[] algorithm;
  Instant thisUpdate;
  Instant nextUpdate;
  final List<ASN1Encodable> entries = new ArrayList<>();
  final List<Extension> extensions = new ArrayList<>();

  ListDraft(VaultKey key, Instant now) {
    algorithm = key.signatureAlgorithm().toArray();
    thisUpdate = now;
    nextUpdate = now.plus(Duration.ofDays(7));
    extension(Extension.cRLNumber, false, new CRLNumber(BigInteger.TEN));
  }

  /** Of any size and with anything that a list may have. */
  static ListDraft random(VaultKey key, Instant now, Random random) {
    ListDraft draft = new ListDraft(key, now);
    for (int left = random.nextInt(40); left > 0; left--) {
      int bits = 8 + random.nextInt(145);
      BigInteger serial =
          new BigInteger(bits, random)
              .setBit(bits)
              .shiftLeft(6)
              .add(BigInteger.valueOf(draft.entries.size()));
      Instant revoked =
          random.nextInt(10) == 0
              ? Instant.parse("2050-01-01T00:00:00Z")
              : now.minusSeconds(random.nextInt(1 << 28));
      List<Extension> extensions = new ArrayList<>();
      if (random.nextBoolean()) {
        int[] reasons = {1, 2, 3, 4, 5, 6, 9, 10};
        extensions.add(
            one(
                Extension.reasonCode,
                false,
                CRLReason.lookup(reasons[random.nextInt(reasons.length)])));
      }
      if (random.nextInt(4) == 0) {
        extensions.add(
            one(Extension.invalidityDate, false, new ASN1GeneralizedTime(Date.from(revoked))));
      }
      draft.entry(serial, revoked, extensions.toArray(new Extension[0]));
    }
    return draft;
  }

  ListDraft entry(BigInteger serial, Instant revoked, Extension... extensions) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(new ASN1Integer(serial));
    parts.add(new Time(Date.from(revoked)));
    if (extensions.length > 0) {
      parts.add(new DERSequence(extensions));
    }
    entries.add(new DERSequence(parts));
    return this;
  }

  ListDraft extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    extensions.add(one(id, critical, value));
    return this;
  }

  ListDraft number(ASN1Encodable number) {
    extensions.clear();
    return extension(Extension.cRLNumber, false, number);
  }

  static Extension one(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    return new Extension(id, critical, Structures.octets(value));
  }

  /** Of crlExtensions, with their tag. */
  int extensionsLength() {
    return Structures.octets(
            new DERTaggedObject(true, 0, new DERSequence(extensions.toArray(new ASN1Encodable[0]))))
        .length;
  }

  Bytes encoded() {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(version);
    parts.add(AlgorithmIdentifier.getInstance(algorithm));
    parts.add(issuer);
    parts.add(new Time(Date.from(thisUpdate)));
    parts.add(new Time(Date.from(nextUpdate)));
    if (!entries.isEmpty()) {
      parts.add(new DERSequence(entries.toArray(new ASN1Encodable[0])));
    }
    if (!extensions.isEmpty()) {
      parts.add(
          new DERTaggedObject(true, 0, new DERSequence(extensions.toArray(new ASN1Encodable[0]))));
    }
    return Bytes.of(Structures.octets(new DERSequence(parts)));
  }
}
