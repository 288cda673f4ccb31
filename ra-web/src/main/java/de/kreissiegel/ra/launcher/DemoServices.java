package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.delivery.ServiceCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** One invented service of each kind, for the demo. */
final class DemoServices {
  private static final int STATIC_KEY = 256;

  private DemoServices() {}

  /** Writes them into the hierarchy's folder. */
  static void write(Path authorities, SecureRandom random) throws IOException {
    try (InputStream services = DemoServices.class.getResourceAsStream(ServiceCatalog.FILE)) {
      if (services == null) {
        throw new IOException(ServiceCatalog.FILE + " is missing in the program");
      }
      Files.write(authorities.resolve(ServiceCatalog.FILE), services.readAllBytes());
    }
    byte[] key = new byte[STATIC_KEY];
    random.nextBytes(key);
    DataDirectory.writeSecret(
        authorities.resolve("service-openvpn.key"),
        "-----BEGIN OpenVPN Static key V1-----\n"
            + HexFormat.of().formatHex(key).replaceAll("(.{32})", "$1\n")
            + "-----END OpenVPN Static key V1-----");
  }
}
