package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.approval.SecurityKeyApproval;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What escrow asks of the vault. Its key there is called {@code escrow}; later ones {@code
 * escrow-2}, {@code escrow-3}, of which the last is encrypted to and all open what was encrypted to
 * them. Safe for use by many threads.
 */
public final class EscrowVault {
  private static final Pattern NAME = Pattern.compile("escrow(?:-([2-9]|[1-9]\\d{1,3}))?");

  private final Signer signer;
  private volatile Optional<EscrowKey> known = Optional.empty();

  public EscrowVault(Signer signer) {
    this.signer = signer;
  }

  /**
   * The key to encrypt to; empty if the vault has none, or can't be asked and never could. A newer
   * one is seen after the next start.
   */
  public Optional<EscrowKey> key() {
    if (known.isEmpty()) {
      try {
        known =
            signer.keys().stream()
                .filter(key -> isEscrowKey(key.id()))
                .max(Comparator.comparing(key -> number(key.id())))
                .map(EscrowVault::read);
      } catch (SigningUnavailable unavailable) {
        return Optional.empty();
      }
    }
    return known;
  }

  /** Whether a key of the vault is one of escrow's, by its name. */
  public static boolean isEscrowKey(KeyId key) {
    return number(key) > 0;
  }

  /** 1 for the first one; 0 for keys of another kind. */
  private static int number(KeyId id) {
    Matcher name = NAME.matcher(id.value());
    if (!name.matches()) {
      return 0;
    }
    return name.group(1) == null ? 1 : Integer.parseInt(name.group(1));
  }

  private static EscrowKey read(VaultKey key) {
    try {
      var rsa =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA")
                  .generatePublic(new X509EncodedKeySpec(key.publicKey().toArray()));
      return new EscrowKey(key.id(), key.publicKey(), (rsa.getModulus().bitLength() + 7) / 8);
    } catch (GeneralSecurityException other) {
      throw new IllegalStateException(
          "the vault's key " + key.id() + " is no RSA key, so nothing can be escrowed", other);
    }
  }

  /**
   * Has a wrapping key opened. The vault journals it before it answers; asked again for the same it
   * answers the same.
   *
   * @param release names it, once and for all
   * @param signatures the officers', each a CMS SignedData or a {@link SecurityKeyApproval} over
   *     the ReleaseStatement
   * @return 32 octets; the caller wipes them
   * @throws Unopenable if this wrapping key isn't encrypted to a key of the vault
   * @throws Refused SIGNER_UNAVAILABLE; REFUSED_BY_VAULT with the vault's rule
   */
  public byte[] open(UUID release, KeyId key, Bytes encrypted, List<Bytes> signatures)
      throws Refused, Unopenable {
    if (!(signer instanceof VaultDoor door)) {
      throw new Refused(RefusalReason.REFUSED_BY_VAULT, "this vault releases nothing");
    }
    try {
      return door.release(
              new ReleaseRequest(
                  release,
                  key,
                  ReleaseRequest.Purpose.UNWRAP,
                  ReleaseRequest.Scheme.RSA_OAEP_SHA256,
                  encrypted,
                  signatures.stream().map(SecurityKeyApproval::evidence).toList()))
          .octets()
          .toArray();
    } catch (SigningUnavailable unavailable) {
      throw new Refused(RefusalReason.SIGNER_UNAVAILABLE, "the vault can't be asked now");
    } catch (SigningRefused refused) {
      String words = String.valueOf(refused.getMessage());
      if (refused.reason() == SigningRefused.Reason.MALFORMED
          || refused.reason() == SigningRefused.Reason.UNKNOWN_KEY) {
        throw new Unopenable(words);
      }
      throw new Refused(RefusalReason.REFUSED_BY_VAULT, words);
    }
  }

  /** One wrapping key can't be opened, whoever signs for it; the others may. */
  public static final class Unopenable extends Exception {
    private static final long serialVersionUID = 1L;

    Unopenable(String message) {
      super(message);
    }
  }
}
