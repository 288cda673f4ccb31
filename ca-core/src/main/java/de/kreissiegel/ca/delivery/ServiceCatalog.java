package de.kreissiegel.ca.delivery;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All services of an installation.
 *
 * @param services in the order of the file
 */
public record ServiceCatalog(List<Service> services) {
  /** Its name in the hierarchy's folder; may be missing. */
  public static final String FILE = "services.yaml";

  /** Where there are none. */
  public static final ServiceCatalog NONE = new ServiceCatalog(List.of());

  public ServiceCatalog {
    services = List.copyOf(services);
  }

  /**
   * Reads {@value #FILE} and the files beside it that it names; none if it isn't there.
   *
   * @param folder the hierarchy's
   * @throws ConfigurationFaults if something in it is wrong
   */
  public static ServiceCatalog read(
      Path folder, AuthorityCatalog authorities, ProfileCatalog profiles)
      throws ConfigurationFaults, IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    List<ConfigurationFault> faults = new ArrayList<>();
    var reader = new ServicesReader(new Anchors(folder, authorities), profiles, faults);
    List<Service> services = reader.read(Files.readString(file));
    if (!faults.isEmpty()) {
      throw new ConfigurationFaults(faults);
    }
    return new ServiceCatalog(services);
  }

  /** Those for which a certificate is good. */
  List<Service> of(StoredCertificate certificate) {
    return services.stream().filter(service -> service.scope().covers(certificate)).toList();
  }
}
