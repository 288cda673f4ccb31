package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;

/**
 * What one CRL says of one certificate right under its signer, whenever that may be asked: times
 * and signatures are looked at elsewhere ({@link PathValidation}).
 */
public sealed interface ListWord {
  /** The certificate is not on it. */
  record Good() implements ListWord {}

  /**
   * It is on it.
   *
   * @param entry since when and why, as {@code 2026-11-30T12:00:00Z, keyCompromise}
   */
  record Revoked(String entry) implements ListWord {}

  /**
   * The list doesn't speak of such a certificate.
   *
   * @param cause an English half-sentence
   */
  record Silent(String cause) implements ListWord {}

  /**
   * Reads it (RFC 5280 §5, §6.3.3 (b) to (f)).
   *
   * @param list a CRL, DER
   * @param signer the certificate of the authority that signed it, DER
   * @param certificate the one that is asked about, DER
   * @throws UnreadableMaterial if one of them is not what it is said to be
   */
  static ListWord of(Bytes list, Bytes signer, Bytes certificate) throws UnreadableMaterial {
    ReadList read = Library.list(list);
    ReadCertificate asked = Library.certificate(certificate);
    Optional<String> cause = silence(read, Library.certificate(signer), asked);
    if (cause.isPresent()) {
      return new Silent(cause.get());
    }
    try {
      return ListEntry.find(read, asked)
          .filter(entry -> !entry.isRelease())
          .<ListWord>map(entry -> new Revoked(entry.told()))
          .orElseGet(Good::new);
    } catch (ListEntry.Unknown unknown) {
      return new Silent("an entry has an unknown critical extension");
    } catch (RuntimeException malformed) {
      return new Silent("an entry is malformed");
    }
  }

  private static Optional<String> silence(
      ReadList list, ReadCertificate signer, ReadCertificate asked) {
    try {
      if (!ListSigners.signsLists(signer)) {
        return Optional.of("its signer's keyUsage lacks cRLSign");
      }
      if (list.isDelta()) {
        return Optional.of("it is a delta CRL");
      }
      if (list.hasUnknownCriticalExtension()) {
        return Optional.of("it has an unknown critical extension");
      }
      if (list.extension(Extension.issuingDistributionPoint) == null) {
        return list.issuer().equals(asked.issuer())
            ? Optional.empty()
            : Optional.of("it is another issuer's");
      }
      boolean speaks =
          ListScope.of(asked).stream()
              .anyMatch(
                  scope ->
                      scope.isSpokenFor(list)
                          && scope.covers(list)
                          && scope.reasons(list) == ListScope.ALL_REASONS);
      return speaks
          ? Optional.empty()
          : Optional.of("its issuingDistributionPoint leaves out what is asked");
    } catch (RuntimeException malformed) {
      return Optional.of("its extensions are malformed");
    }
  }
}
