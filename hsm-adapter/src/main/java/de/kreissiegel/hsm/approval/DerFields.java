package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;

/** Takes the fields of a SEQUENCE one after the other, each of its type and within its bound. */
final class DerFields {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);
  private static final int UUID_OCTETS = 16;
  private static final int KEY_CHARACTERS = 64;

  private final String what;
  private final ASN1Sequence sequence;
  private int next;

  private DerFields(String what, ASN1Sequence sequence) {
    this.what = what;
    this.sequence = sequence;
  }

  /** The octets must be one strict SEQUENCE. */
  static DerFields read(String what, Bytes octets) throws MalformedEvidence {
    return new DerFields(what, Der.read(what, octets, ASN1Sequence::getInstance));
  }

  static DerFields inside(String what, ASN1Sequence sequence) {
    return new DerFields(what, sequence);
  }

  ASN1ObjectIdentifier identifier() throws MalformedEvidence {
    return take(ASN1ObjectIdentifier.class);
  }

  /** A type and a version. */
  void header(ASN1ObjectIdentifier type, int version) throws MalformedEvidence {
    if (!identifier().equals(type)) {
      throw fault("it is of another type");
    }
    if (number(Integer.MAX_VALUE) != version) {
      throw fault("only version " + version + " is known");
    }
  }

  KeyId key() throws MalformedEvidence {
    try {
      return new KeyId(text(KEY_CHARACTERS));
    } catch (IllegalArgumentException _) {
      throw fault("no name of a key");
    }
  }

  Bytes digest() throws MalformedEvidence {
    Bytes digest = octets(ReleaseStatement.DIGEST_OCTETS);
    if (digest.length() != ReleaseStatement.DIGEST_OCTETS) {
      throw fault("no digest of SHA-256");
    }
    return digest;
  }

  ASN1Sequence sequence() throws MalformedEvidence {
    return take(ASN1Sequence.class);
  }

  /** DER of the next SEQUENCE. */
  Bytes whole() throws MalformedEvidence {
    return Der.encoded(sequence());
  }

  /** The one SEQUENCE in a SET. */
  ASN1Sequence onlyInSet() throws MalformedEvidence {
    ASN1Set set = take(ASN1Set.class);
    if (set.size() == 1 && set.getObjectAt(0) instanceof ASN1Sequence only) {
      return only;
    }
    throw fault("a SET that isn't of one SEQUENCE");
  }

  long number(long largest) throws MalformedEvidence {
    ASN1Integer value = take(ASN1Integer.class);
    if (value.getValue().signum() < 0
        || value.getValue().compareTo(BigInteger.valueOf(largest)) > 0) {
      throw fault("a number out of bounds");
    }
    return value.longValueExact();
  }

  /** A value by its number. */
  <T> T oneOf(T[] values, ToIntFunction<T> code) throws MalformedEvidence {
    long number = number(Integer.MAX_VALUE);
    for (T value : values) {
      if (code.applyAsInt(value) == number) {
        return value;
      }
    }
    throw fault("a number that stands for nothing");
  }

  boolean truth() throws MalformedEvidence {
    return take(ASN1Boolean.class).isTrue();
  }

  BigInteger integer() throws MalformedEvidence {
    return take(ASN1Integer.class).getValue();
  }

  boolean hasMore() {
    return next < sequence.size();
  }

  Bytes octets(int most) throws MalformedEvidence {
    byte[] value = take(ASN1OctetString.class).getOctets();
    if (value.length > most) {
      throw fault("an OCTET STRING of more than " + most + " octets");
    }
    return Bytes.of(value);
  }

  UUID uuid() throws MalformedEvidence {
    ByteBuffer value = ByteBuffer.wrap(octets(UUID_OCTETS).toArray());
    if (value.remaining() != UUID_OCTETS) {
      throw fault("an id that isn't of 16 octets");
    }
    return new UUID(value.getLong(), value.getLong());
  }

  String text(int longest) throws MalformedEvidence {
    return bounded(take(ASN1UTF8String.class).getString(), longest);
  }

  List<String> texts(int most, int longest) throws MalformedEvidence {
    ASN1Sequence list = sequence();
    if (list.size() == 0 || list.size() > most) {
      throw fault("a list that isn't of 1 to " + most);
    }
    List<String> texts = new ArrayList<>();
    for (ASN1Encodable one : list) {
      if (!(one instanceof ASN1UTF8String text)) {
        throw fault("a list of other things than UTF8String");
      }
      texts.add(bounded(text.getString(), longest));
    }
    return List.copyOf(texts);
  }

  Instant time() throws MalformedEvidence {
    try {
      return LocalDateTime.parse(take(ASN1GeneralizedTime.class).getTimeString(), TIME)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw fault("no time to the second");
    }
  }

  void end() throws MalformedEvidence {
    if (next != sequence.size()) {
      throw fault("more fields than known");
    }
  }

  /** What we would write has to be what we read: so a value has one encoding only. */
  void requireWritten(Bytes written, Bytes read) throws MalformedEvidence {
    if (!written.equals(read)) {
      throw fault("not as it would be written");
    }
  }

  static DEROctetString encode(UUID id) {
    return new DEROctetString(
        ByteBuffer.allocate(UUID_OCTETS)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  static DEROctetString encode(Bytes octets) {
    return new DEROctetString(octets.toArray());
  }

  static DERGeneralizedTime encode(Instant time) {
    return new DERGeneralizedTime(Date.from(time));
  }

  private String bounded(String text, int longest) throws MalformedEvidence {
    if (text.length() > longest) {
      throw fault("a text of more than " + longest + " characters");
    }
    return text;
  }

  private <T> T take(Class<T> type) throws MalformedEvidence {
    if (next >= sequence.size()) {
      throw fault("it ends too early");
    }
    ASN1Encodable field = sequence.getObjectAt(next++);
    if (!type.isInstance(field)) {
      throw fault("field %d is of another type".formatted(next));
    }
    return type.cast(field);
  }

  private MalformedEvidence fault(String fault) {
    return new MalformedEvidence(what + ": " + fault);
  }
}
