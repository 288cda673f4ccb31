package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;

/** A TBSCertificate taken apart, to be put together otherwise. */
final class Tbs {
  static final int SERIAL = 1;
  static final int SIGNATURE = 2;
  static final int ISSUER = 3;
  static final int VALIDITY = 4;
  static final int SUBJECT = 5;
  static final int KEY = 6;

  private final List<ASN1Encodable> parts;

  private Tbs(List<ASN1Encodable> parts) {
    this.parts = parts;
  }

  static Tbs of(Bytes encoded) {
    return new Tbs(list(ASN1Sequence.getInstance(encoded.toArray())));
  }

  Bytes encoded() {
    return Bytes.of(der(sequence(parts)));
  }

  /** The field at this place is another one. */
  Tbs with(int field, ASN1Encodable value) {
    List<ASN1Encodable> changed = new ArrayList<>(parts);
    changed.set(field, value);
    return new Tbs(changed);
  }

  /** Something more stands before the extensions. */
  Tbs withBeforeExtensions(ASN1Encodable value) {
    List<ASN1Encodable> changed = new ArrayList<>(parts);
    changed.add(changed.size() - 1, value);
    return new Tbs(changed);
  }

  Tbs without(int field) {
    List<ASN1Encodable> changed = new ArrayList<>(parts);
    changed.remove(field);
    return new Tbs(changed);
  }

  /** Its extensions are others. */
  Tbs withExtensions(UnaryOperator<List<ASN1Encodable>> change) {
    ASN1Encodable old =
        ((org.bouncycastle.asn1.ASN1TaggedObject) parts.getLast()).getExplicitBaseObject();
    List<ASN1Encodable> extensions = change.apply(list(ASN1Sequence.getInstance(old)));
    return with(parts.size() - 1, new DERTaggedObject(true, 3, sequence(extensions)));
  }

  /** The extension is there with this value, in its old place if there was one. */
  Tbs withExtension(String oid, boolean critical, ASN1Encodable value) {
    return withExtension(oid, critical, der(value));
  }

  Tbs withExtension(String oid, boolean critical, byte[] value) {
    ASN1Encodable extension = extension(oid, critical, value);
    return withExtensions(
        extensions -> {
          for (int at = 0; at < extensions.size(); at++) {
            if (oid(extensions.get(at)).equals(oid)) {
              extensions.set(at, extension);
              return extensions;
            }
          }
          extensions.add(extension);
          return extensions;
        });
  }

  Tbs withoutExtension(String oid) {
    return withExtensions(
        extensions -> {
          extensions.removeIf(extension -> oid(extension).equals(oid));
          return extensions;
        });
  }

  /** The same value, with this criticality. */
  Tbs withCritical(String oid, boolean critical) {
    return withExtension(oid, critical, valueOf(oid));
  }

  /** The value of an extension. */
  byte[] valueOf(String oid) {
    byte[][] found = new byte[1][];
    withExtensions(
        extensions -> {
          for (ASN1Encodable extension : extensions) {
            if (oid(extension).equals(oid)) {
              ASN1Sequence sequence = ASN1Sequence.getInstance(extension);
              found[0] =
                  ASN1OctetString.getInstance(sequence.getObjectAt(sequence.size() - 1))
                      .getOctets();
            }
          }
          return extensions;
        });
    return found[0];
  }

  /** The attribute of the subject is another one, in its old place or at the end. */
  Tbs withAttribute(String oid, ASN1Encodable value) {
    return withSubject(
        rdns -> {
          ASN1Encodable rdn = new DERSet(attribute(oid, value));
          for (int at = 0; at < rdns.size(); at++) {
            if (isOf(rdns.get(at), oid)) {
              rdns.set(at, rdn);
              return rdns;
            }
          }
          rdns.add(rdn);
          return rdns;
        });
  }

  Tbs withoutAttribute(String oid) {
    return withSubject(
        rdns -> {
          rdns.removeIf(rdn -> isOf(rdn, oid));
          return rdns;
        });
  }

  Tbs withSubject(UnaryOperator<List<ASN1Encodable>> change) {
    return with(
        SUBJECT, sequence(change.apply(list(ASN1Sequence.getInstance(parts.get(SUBJECT))))));
  }

  static ASN1Encodable attribute(String oid, ASN1Encodable value) {
    return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), value});
  }

  static ASN1Encodable extension(String oid, boolean critical, byte[] value) {
    var parts = new ASN1EncodableVector();
    parts.add(new ASN1ObjectIdentifier(oid));
    if (critical) {
      parts.add(ASN1Boolean.TRUE);
    }
    parts.add(new DEROctetString(value));
    return new DERSequence(parts);
  }

  private static boolean isOf(ASN1Encodable rdn, String oid) {
    ASN1Encodable first = org.bouncycastle.asn1.ASN1Set.getInstance(rdn).getObjectAt(0);
    return ASN1Sequence.getInstance(first).getObjectAt(0).toString().equals(oid);
  }

  private static String oid(ASN1Encodable extension) {
    return ASN1Sequence.getInstance(extension).getObjectAt(0).toString();
  }

  static ASN1Sequence sequence(List<ASN1Encodable> parts) {
    return new DERSequence(parts.toArray(ASN1Encodable[]::new));
  }

  static List<ASN1Encodable> list(ASN1Sequence sequence) {
    return new ArrayList<>(List.of(sequence.toArray()));
  }

  static byte[] der(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static ASN1Primitive read(String hex) {
    try {
      return ASN1Primitive.fromByteArray(Bytes.fromHex(hex).toArray());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
