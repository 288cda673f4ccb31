package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.delivery.ServiceCatalog;
import de.kreissiegel.ca.profile.ProfileCatalog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The demo's services, as if they lay in a hierarchy's folder. */
final class SampleServices {
  static final String STATIC_KEY =
      "-----BEGIN OpenVPN Static key V1-----\n"
          + "0123456789abcdef0123456789abcdef\n".repeat(16)
          + "-----END OpenVPN Static key V1-----\n";

  private SampleServices() {}

  static ServiceCatalog read(AuthorityCatalog authorities, ProfileCatalog profiles)
      throws Exception {
    var folder = Files.createTempDirectory("services");
    try (var yaml =
        SampleServices.class.getResourceAsStream("/de/kreissiegel/ra/launcher/services.yaml")) {
      var text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(folder.resolve(ServiceCatalog.FILE), text);
    }
    Files.writeString(folder.resolve("service-openvpn.key"), STATIC_KEY);
    return ServiceCatalog.read(folder, authorities, profiles);
  }
}
