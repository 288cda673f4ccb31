package de.kreissiegel.ra.pages.cards;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.util.Arrays;
import java.util.Locale;

/** By whose tools a computer speaks with a card. */
public enum CardPlatform {
  /** PowerShell, with Windows' own {@code certreq}. */
  WINDOWS(".ps1"),
  /** A shell script for Linux and macOS, with OpenSC and GnuTLS. */
  UNIX(".sh");

  private final String ending;

  CardPlatform(String ending) {
    this.ending = ending;
  }

  /**
   * The one that an address names.
   *
   * @throws Refused NOT_FOUND
   */
  public static CardPlatform named(String name) throws Refused {
    return Arrays.stream(values())
        .filter(one -> one.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no platform of this name"));
  }

  /** Its name in addresses and messages, as {@code windows}. */
  public String getName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String ending() {
    return ending;
  }
}
