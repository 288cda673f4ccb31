package de.kreissiegel.ca.status;

import de.kreissiegel.ca.status.AnswerBook.Due;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many signatures, so many asked for at once that the vault can sync them together. */
final class OcspBulk {
  private static final int AT_ONCE = 16;

  private final OcspSigner signer;

  OcspBulk(OcspSigner signer) {
    this.signer = signer;
  }

  /** The signatures of each certificate's answers, one for each {@link CertIdHash}. */
  List<List<Bytes>> sign(OcspForm form, OcspTerm term, List<Due> dues)
      throws SigningUnavailable, SigningRefused {
    Bytes[] signatures = new Bytes[dues.size() * CertIdHash.count()];
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < Math.min(AT_ONCE, signatures.length); i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int at = next.getAndIncrement();
                      at < signatures.length;
                      at = next.getAndIncrement()) {
                    signatures[at] = sign(form, term, dues, at, next, signatures.length);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case SigningUnavailable away -> throw away;
        case SigningRefused refused -> throw refused;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SigningUnavailable("stopped while signing OCSP answers", stopped);
    }
    List<List<Bytes>> grouped = new ArrayList<>(dues.size());
    for (int i = 0; i < signatures.length; i += CertIdHash.count()) {
      grouped.add(List.of(Arrays.copyOfRange(signatures, i, i + CertIdHash.count())));
    }
    return grouped;
  }

  /** One signature; if it fails, nobody needs to begin another. */
  private Bytes sign(
      OcspForm form, OcspTerm term, List<Due> dues, int at, AtomicInteger next, int end)
      throws SigningUnavailable, SigningRefused {
    try {
      Due due = dues.get(at / CertIdHash.count());
      byte[] serial = due.serial().value().toByteArray();
      byte[] certId = form.certId(CertIdHash.of(at % CertIdHash.count()), serial, 0, serial.length);
      var single = new OcspForm.Single(certId, Optional.of(due.status()));
      return signer.sign(form, form.data(List.of(single), term, new byte[0]));
    } catch (SigningUnavailable | SigningRefused | RuntimeException failed) {
      next.set(end);
      throw failed;
    }
  }
}
