package de.kreissiegel.ca.delivery;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By what a gateway's IKEv2 and ESP are protected: those of BSI TR-02102-3 §3 that strongSwan,
 * Apple's systems and Windows all speak. PFS is part of each.
 */
public enum IkeSuite {
  AES_256_GCM_ECP384("aes256-gcm-ecp384"),
  AES_128_GCM_ECP256("aes128-gcm-ecp256");

  private final String configName;

  IkeSuite(String configName) {
    this.configName = configName;
  }

  /** Its name in settings, as {@code aes256-gcm-ecp384}. */
  public String configName() {
    return configName;
  }

  /** The suite of that name; empty if there is none. */
  static Optional<IkeSuite> ofConfigName(String name) {
    return Arrays.stream(values()).filter(suite -> suite.configName.equals(name)).findFirst();
  }

  static String configNames() {
    return Arrays.stream(values()).map(IkeSuite::configName).collect(Collectors.joining(", "));
  }
}
