package de.kreissiegel.ca.policyset;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How strict one is about certificates. Each set but the first holds all of RFC 5280, too. */
public enum PolicySet {
  /** RFC 5280 §6 and nothing stricter. */
  RFC5280("rfc5280"),
  /** For gear that lacks RSASSA-PSS, as old VPN gateways and NPS: what must not be given up. */
  COMPATIBILITY("compatibility"),
  /** The default: BSI TR-02102-1 and TR-03116-4, where those say "shall". */
  BSI_KOMMUNAL("bsi-kommunal"),
  /** The same, and where they say "should". */
  BSI_STRICT("bsi-strict");

  /** What holds where nothing is said. */
  public static final PolicySet DEFAULT = BSI_KOMMUNAL;

  private final String configName;

  PolicySet(String configName) {
    this.configName = configName;
  }

  /** Its name in settings and on the command line, as {@code bsi-kommunal}. */
  public String configName() {
    return configName;
  }

  /** The set of that name; empty if there is none. */
  public static Optional<PolicySet> ofConfigName(String name) {
    return Arrays.stream(values()).filter(set -> set.configName.equals(name)).findFirst();
  }

  /** All names, with commas between. */
  public static String configNames() {
    return Arrays.stream(values()).map(PolicySet::configName).collect(Collectors.joining(", "));
  }

  /** Whether it follows the BSI's guidelines. */
  public boolean isBsi() {
    return this == BSI_KOMMUNAL || this == BSI_STRICT;
  }
}
