package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * OCSP answers that were signed together, in the octets in which database, memory and disk hold
 * them. What they have in common stands once; an answer itself is little more than its signatures:
 *
 * <pre>
 * batch  = format (1) authority (1+n) responder (2+n) algorithm (2+n) thisUpdate (4) nextUpdate (4)
 *          archiveCutoff (4, or 0) changes (4) changedAt (8) count (4) answer*
 * answer = serial (1+n) status (1) since (4) change (4) maxAge (4) signature (2+n) for each hash
 * </pre>
 *
 * Numbers are big-endian, times are seconds of the epoch but for {@code changedAt}, which has
 * milliseconds. A status is 0 for good, else 128 and the CRLReason.
 */
final class AnswerBatch {
  static final int FORMAT = 1;
  static final int GOOD = 0;
  static final int REVOKED = 0x80;

  private static final int MOST_ANSWERS = 1 << 20;
  private static final int STATUS = 0;
  private static final int SINCE = 1;
  private static final int CHANGE = 5;
  private static final int MAX_AGE = 9;
  private static final int SIGNATURES = 13;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] octets;
  private final OcspForm form;
  private final OcspTerm term;
  private final int changes;
  private final Instant changedAt;
  private final int first;
  private final int count;

  private AnswerBatch(byte[] octets, OcspForm form, OcspTerm term, ByteBuffer rest) {
    this.octets = octets;
    this.form = form;
    this.term = term;
    this.changes = rest.getInt();
    this.changedAt = Instant.ofEpochMilli(rest.getLong());
    this.count = rest.getInt();
    this.first = rest.position();
  }

  /**
   * Reads one; each length inside is checked.
   *
   * @return empty if it is of an authority that isn't ours
   */
  static Optional<AnswerBatch> read(Bytes encoded, OcspForms forms) throws BatchDamaged {
    byte[] octets = encoded.toArray();
    try {
      ByteBuffer in = ByteBuffer.wrap(octets);
      if (in.get() != FORMAT) {
        throw new BatchDamaged("a format that is not known");
      }
      AuthorityName authority =
          new AuthorityName(new String(take(in, in.get() & 0xff), StandardCharsets.US_ASCII));
      Bytes responder = Bytes.of(take(in, in.getShort() & 0xffff));
      Bytes algorithm = Bytes.of(take(in, in.getShort() & 0xffff));
      OcspTerm term = term(in);
      Optional<OcspForm> form = forms.of(authority, responder, algorithm);
      if (form.isEmpty()) {
        return Optional.empty();
      }
      AnswerBatch batch = new AnswerBatch(octets, form.get(), term, in);
      batch.check();
      return Optional.of(batch);
    } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
      throw new BatchDamaged("it is cut off");
    } catch (IllegalArgumentException wrong) {
      throw new BatchDamaged("it is not sound: " + wrong.getMessage());
    }
  }

  private static OcspTerm term(ByteBuffer in) {
    Instant thisUpdate = seconds(in.getInt());
    Instant nextUpdate = seconds(in.getInt());
    int cutoff = in.getInt();
    return new OcspTerm(
        thisUpdate, nextUpdate, cutoff == 0 ? Optional.empty() : Optional.of(seconds(cutoff)));
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }

  private static Instant seconds(int value) {
    return Instant.ofEpochSecond(value & 0xffffffffL);
  }

  private void check() throws BatchDamaged {
    if (count < 0 || count > MOST_ANSWERS) {
      throw new BatchDamaged(count + " answers");
    }
    int at = first;
    for (int i = 0; i < count; i++) {
      int length = octets[at] & 0xff;
      status(at);
      at = end(at);
      if (length == 0 || length > 20 || at > octets.length) {
        throw new BatchDamaged("an answer without an end or a serial number");
      }
    }
    if (at != octets.length) {
      throw new BatchDamaged("more than its answers");
    }
  }

  OcspForm form() {
    return form;
  }

  Instant thisUpdate() {
    return term.thisUpdate();
  }

  Instant nextUpdate() {
    return term.nextUpdate();
  }

  /** How many of the answers tell of a change of status that had just happened. */
  int changes() {
    return changes;
  }

  /** When the first of those changes happened. */
  Instant changedAt() {
    return changedAt;
  }

  int count() {
    return count;
  }

  Bytes encoded() {
    return Bytes.of(octets);
  }

  int length() {
    return octets.length;
  }

  /** Names the place of each answer, which the other methods ask for. */
  void each(IntConsumer place) {
    int at = first;
    for (int i = 0; i < count; i++) {
      place.accept(at);
      at = end(at);
    }
  }

  private int end(int at) {
    int end = fields(at) + SIGNATURES;
    for (int hash = 0; hash < CertIdHash.count(); hash++) {
      end += 2 + ((short) SHORT.get(octets, end) & 0xffff);
    }
    return end;
  }

  /** Where the fields behind the serial number begin. */
  private int fields(int at) {
    return at + 1 + (octets[at] & 0xff);
  }

  /** The octets that {@link #serialAt} and {@link #serialLength} tell of; nobody changes them. */
  byte[] octets() {
    return octets;
  }

  int serialAt(int at) {
    return at + 1;
  }

  int serialLength(int at) {
    return octets[at] & 0xff;
  }

  boolean isFor(int at, byte[] serial, int from, int length) {
    return Arrays.equals(octets, at + 1, fields(at), serial, from, from + length);
  }

  /** How often the status had changed before. */
  int change(int at) {
    return (int) INT.get(octets, fields(at) + CHANGE);
  }

  /** For how many seconds caches may repeat the answer. */
  int maxAge(int at) {
    return (int) INT.get(octets, fields(at) + MAX_AGE);
  }

  CertificateStatus status(int at) {
    int fields = fields(at);
    int status = octets[fields + STATUS] & 0xff;
    if (status == GOOD) {
      return new CertificateStatus.Good();
    }
    Instant since = seconds((int) INT.get(octets, fields + SINCE));
    RevocationReason reason = RevocationReason.ofCode(status - REVOKED);
    return reason == RevocationReason.CERTIFICATE_HOLD
        ? new CertificateStatus.OnHold(since)
        : new CertificateStatus.Revoked(since, reason);
  }

  /** The whole OCSPResponse to who named the issuer by this hash. */
  Bytes response(int at, CertIdHash hash) {
    int signature = fields(at) + SIGNATURES;
    for (int other = 0; other < hash.ordinal(); other++) {
      signature += 2 + ((short) SHORT.get(octets, signature) & 0xffff);
    }
    byte[] certId = form.certId(hash, octets, serialAt(at), serialLength(at));
    return form.response(
        new OcspForm.Single(certId, Optional.of(status(at))),
        term,
        octets,
        signature + 2,
        (short) SHORT.get(octets, signature) & 0xffff);
  }
}
