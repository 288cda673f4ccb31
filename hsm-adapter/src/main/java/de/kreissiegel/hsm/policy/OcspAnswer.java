package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An OCSP ResponseData (RFC 6960 §4.2.1), as far as policies look at it. One of name and key hash
 * is there.
 *
 * @param responderName DER of the Name
 * @param responderKeyHash SHA-1 of the responder's public key
 */
record OcspAnswer(
    Optional<Bytes> responderName,
    Optional<Bytes> responderKeyHash,
    Instant producedAt,
    List<Single> singles) {
  private static final int BY_NAME = 0xa1;
  private static final int BY_KEY = 0xa2;
  private static final int NEXT_UPDATE = 0xa0;
  private static final int EXTENSIONS = 0xa1;

  /** One certificate's status. */
  record Single(Instant thisUpdate, Optional<Instant> nextUpdate) {}

  static OcspAnswer read(byte[] octets) throws NotDer {
    StrictDer.check(octets);
    DerCursor data = new DerCursor(octets).into(DerCursor.SEQUENCE, "ResponseData");
    Optional<Bytes> name = Optional.empty();
    Optional<Bytes> keyHash = Optional.empty();
    if (data.peek() == BY_NAME) {
      DerCursor wrapped = data.into(BY_NAME, "responderID");
      name = Optional.of(TbsCertificate.sequence(wrapped, "responder's name"));
      wrapped.end();
    } else {
      DerCursor wrapped = data.into(BY_KEY, "responderID");
      keyHash =
          Optional.of(Bytes.of(wrapped.content(wrapped.next(DerCursor.OCTET_STRING, "key hash"))));
      wrapped.end();
    }
    Instant producedAt = Times.generalized(data, "producedAt");
    List<Single> singles = singles(data.into(DerCursor.SEQUENCE, "responses"));
    extensions(data);
    return new OcspAnswer(name, keyHash, producedAt, singles);
  }

  private static List<Single> singles(DerCursor responses) throws NotDer {
    List<Single> singles = new ArrayList<>();
    while (responses.hasMore()) {
      DerCursor one = responses.into(DerCursor.SEQUENCE, "single response");
      certId(one.into(DerCursor.SEQUENCE, "certID"));
      status(one);
      Instant thisUpdate = Times.generalized(one, "thisUpdate");
      Optional<Instant> nextUpdate = Optional.empty();
      if (one.peek() == NEXT_UPDATE) {
        DerCursor wrapped = one.into(NEXT_UPDATE, "nextUpdate");
        nextUpdate = Optional.of(Times.generalized(wrapped, "nextUpdate"));
        wrapped.end();
      }
      extensions(one);
      singles.add(new Single(thisUpdate, nextUpdate));
    }
    if (singles.isEmpty()) {
      throw new NotDer("an answer without a single response");
    }
    return List.copyOf(singles);
  }

  private static void certId(DerCursor id) throws NotDer {
    id.next(DerCursor.SEQUENCE, "hashAlgorithm");
    id.next(DerCursor.OCTET_STRING, "issuerNameHash");
    id.next(DerCursor.OCTET_STRING, "issuerKeyHash");
    id.next(DerCursor.INTEGER, "serialNumber");
    id.end();
  }

  private static void status(DerCursor one) throws NotDer {
    DerCursor.Value status = one.next();
    switch (status.tag()) {
      case 0x80, 0x82 -> {
        if (status.length() != 0) {
          throw new NotDer("good and unknown have no content");
        }
      }
      case 0xa1 -> Times.generalized(one.inside(status), "revocationTime");
      default -> throw new NotDer("certStatus is none of good, revoked, unknown");
    }
  }

  private static void extensions(DerCursor cursor) throws NotDer {
    if (cursor.peek() == EXTENSIONS) {
      DerCursor wrapped = cursor.into(EXTENSIONS, "extensions");
      ExtensionList.read(wrapped);
      wrapped.end();
    }
    cursor.end();
  }
}
