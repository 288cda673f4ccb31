package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.escrow.CopyBook;
import de.kreissiegel.ca.escrow.EscrowVault;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.keyfile.KeyFile;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** From an approved recovery to its file: the only place where an escrowed key is in clear. */
final class KeyOpening {
  private final RecoveryBook book;
  private final CopyBook copies;
  private final CertificateBook certificates;
  private final AuthorityCatalog authorities;
  private final EscrowVault vault;

  KeyOpening(
      RecoveryBook book,
      CopyBook copies,
      CertificateBook certificates,
      AuthorityCatalog authorities,
      EscrowVault vault) {
    this.book = book;
    this.copies = copies;
    this.certificates = certificates;
    this.authorities = authorities;
    this.vault = vault;
  }

  /**
   * What came of it.
   *
   * @param file the PKCS#12 file; none where no key could be opened
   * @param damaged the keys that could not, and why
   */
  record Opened(Optional<Bytes> file, Map<Recovery.Item, String> damaged) {
    Opened {
      damaged = Map.copyOf(damaged);
    }
  }

  /**
   * Has the vault open each key, and writes those that are what they should be into one file.
   *
   * @param password left as it is
   * @throws Refused SIGNER_UNAVAILABLE, REFUSED_BY_VAULT
   */
  Opened open(Recovery recovery, char[] password) throws Refused {
    Map<UUID, List<Bytes>> signatures = book.signatures(recovery.id());
    Map<Bytes, Bytes> wrappingKeys = book.wrappingKeys(recovery.id());
    List<KeyFile.Entry> entries = new ArrayList<>();
    List<OpenedKey> opened = new ArrayList<>();
    Map<Recovery.Item, String> damaged = new HashMap<>();
    try {
      for (Recovery.Item item : recovery.terms().items()) {
        try {
          entries.add(
              entry(
                  item, wrappingKeys, signatures.getOrDefault(item.release(), List.of()), opened));
        } catch (OpenedKey.Damaged broken) {
          damaged.put(item, String.valueOf(broken.getMessage()));
        }
      }
      return new Opened(
          entries.isEmpty() ? Optional.empty() : Optional.of(KeyFile.write(entries, password)),
          damaged);
    } finally {
      opened.forEach(OpenedKey::close);
    }
  }

  private KeyFile.Entry entry(
      Recovery.Item item,
      Map<Bytes, Bytes> wrappingKeys,
      List<Bytes> signatures,
      List<OpenedKey> opened)
      throws Refused, OpenedKey.Damaged {
    Bytes wrapped =
        copies
            .wrapped(item.keyHash())
            .orElseThrow(() -> new OpenedKey.Damaged("the copy was erased"));
    Bytes encrypted =
        Optional.ofNullable(wrappingKeys.get(item.keyHash()))
            .orElseThrow(() -> new OpenedKey.Damaged("the wrapping key was erased"));
    Bytes certificate =
        certificates
            .find(item.authority(), item.serial())
            .filter(one -> !one.isErased())
            .orElseThrow(() -> new OpenedKey.Damaged("the certificate was erased"))
            .encoded();
    X509Certificate read = read(certificate);
    byte[] wrappingKey = opened(item, encrypted, signatures);
    try {
      OpenedKey key = OpenedKey.of(wrapped, wrappingKey, item.keyHash(), read);
      opened.add(key);
      return new KeyFile.Entry(
          key.encoded(),
          certificate,
          issuers(authorities.get(item.authority())),
          read.getSubjectX500Principal().getName() + " " + item.serial());
    } finally {
      Arrays.fill(wrappingKey, (byte) 0);
    }
  }

  private byte[] opened(Recovery.Item item, Bytes encrypted, List<Bytes> signatures)
      throws Refused, OpenedKey.Damaged {
    try {
      return vault.open(item.release(), item.vaultKey(), encrypted, signatures);
    } catch (EscrowVault.Unopenable broken) {
      throw new OpenedKey.Damaged("the wrapping key can't be opened: " + broken.getMessage());
    }
  }

  private static List<Bytes> issuers(Authority issuer) {
    List<Bytes> all = new ArrayList<>(List.of(issuer.certificate()));
    all.addAll(issuer.chain());
    return all;
  }

  private static X509Certificate read(Bytes encoded) throws OpenedKey.Damaged {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
    } catch (CertificateException unreadable) {
      throw new OpenedKey.Damaged("the certificate can't be read");
    }
  }
}
