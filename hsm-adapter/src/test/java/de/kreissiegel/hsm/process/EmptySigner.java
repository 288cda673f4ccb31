package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A signer that signs nothing and counts what it was asked. Its signature of a list is its sum. */
final class EmptySigner implements Signer {
  static final Signed ANSWER = new Signed(Bytes.of(new byte[71]), 12345, Bytes.of(new byte[32]));

  final AtomicLong asked = new AtomicLong();

  @Override
  public List<VaultKey> keys() {
    return List.of();
  }

  @Override
  public Signed sign(SignRequest request) {
    asked.incrementAndGet();
    return ANSWER;
  }

  @Override
  public Signed signList(ListRequest request) throws SigningUnavailable {
    long sum = 0;
    try (InputStream octets = request.toBeSigned().open()) {
      byte[] piece = new byte[8192];
      for (int count = octets.read(piece); count > 0; count = octets.read(piece)) {
        for (int i = 0; i < count; i++) {
          sum += piece[i] & 0xff;
        }
      }
    } catch (IOException broken) {
      throw new SigningUnavailable("the list broke off", broken);
    }
    asked.incrementAndGet();
    return new Signed(ANSWER.signature(), sum, ANSWER.entryHash());
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) {
    return List.of();
  }
}
