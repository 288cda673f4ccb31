package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.Deposit;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.escrow.EscrowKey;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.Words;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the application form says of escrow, and what comes along with it. */
@Component
class Escrows {
  private final EscrowDesk desk;

  Escrows(EscrowDesk desk) {
    this.desk = desk;
  }

  /**
   * What the form says.
   *
   * @param keys for each certificate of the offer base64 of the vault's key, empty where no copy is
   *     made
   * @param titles of those kinds of which one is
   * @param fingerprint of the vault's key, as the ceremony's record has it
   */
  record Told(List<String> keys, List<String> titles, String fingerprint) {}

  Told of(Offer offer, Words words) {
    List<String> keys = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    String fingerprint = "";
    for (CertificateProfile kind : offer.profiles()) {
      Optional<EscrowKey> key = desk.keyFor(offer.tenant(), kind.name());
      keys.add(
          key.map(one -> Base64.getEncoder().encodeToString(one.publicKey().toArray())).orElse(""));
      if (key.isPresent()) {
        titles.add(words.profile(kind.name()));
        fingerprint = key.get().fingerprint().toHex();
      }
    }
    return new Told(keys, titles, fingerprint);
  }

  /** Takes the copy that the browser made, if it made one. */
  void deposit(
      Actor.Person person,
      CertificateApplication application,
      Map<String, String> parameters,
      String suffix)
      throws Refused {
    String wrapped = parameters.getOrDefault("escrowCopy" + suffix, "");
    if (!wrapped.isEmpty()) {
      desk.deposit(
          person,
          new Deposit(
              application.tenant(),
              application.profile(),
              application.certificationRequest(),
              octets(wrapped),
              octets(parameters.getOrDefault("escrowWrapping" + suffix, ""))));
    }
  }

  private static Bytes octets(String base64) throws Refused {
    try {
      return Bytes.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a copy comes as base64");
    }
  }
}
