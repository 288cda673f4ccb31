package de.kreissiegel.ca.status;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.status.AnswerBook.Due;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes the octets of an {@link AnswerBatch}. */
final class AnswerBatchWriter {
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(octets);

  /**
   * Begins a batch.
   *
   * @param changes how many of its answers tell of a change that has just happened
   * @param changedAt when the first of them happened
   * @param count how many answers follow
   */
  AnswerBatchWriter(OcspForm form, OcspTerm term, int changes, Instant changedAt, int count) {
    try {
      byte[] authority = form.authority().name().value().getBytes(StandardCharsets.US_ASCII);
      out.writeByte(AnswerBatch.FORMAT);
      out.writeByte(authority.length);
      out.write(authority);
      write(form.responder());
      write(form.algorithm());
      out.writeInt((int) term.thisUpdate().getEpochSecond());
      out.writeInt((int) term.nextUpdate().getEpochSecond());
      out.writeInt(term.archiveCutoff().map(Instant::getEpochSecond).orElse(0L).intValue());
      out.writeInt(changes);
      out.writeLong(changedAt.toEpochMilli());
      out.writeInt(count);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Adds an answer.
   *
   * @param signatures one for each {@link CertIdHash}, in their order
   */
  void add(Due due, Duration maxAge, List<Bytes> signatures) {
    try {
      byte[] serial = due.serial().value().toByteArray();
      out.writeByte(serial.length);
      out.write(serial);
      switch (due.status()) {
        case CertificateStatus.Good _ -> status(AnswerBatch.GOOD, Instant.EPOCH);
        case CertificateStatus.OnHold(Instant since) ->
            status(AnswerBatch.REVOKED + RevocationReason.CERTIFICATE_HOLD.code(), since);
        case CertificateStatus.Revoked(Instant since, RevocationReason reason, _) ->
            status(AnswerBatch.REVOKED + reason.code(), since);
      }
      out.writeInt(due.change());
      out.writeInt((int) maxAge.toSeconds());
      for (Bytes signature : signatures) {
        write(signature);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void status(int code, Instant since) throws IOException {
    out.writeByte(code);
    out.writeInt((int) since.getEpochSecond());
  }

  private void write(Bytes value) throws IOException {
    out.writeShort(value.length());
    out.write(value.toArray());
  }

  Bytes encoded() {
    return Bytes.of(octets.toByteArray());
  }
}
