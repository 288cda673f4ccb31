package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The hierarchy of a node that is to serve. */
final class HierarchyFolder {
  private HierarchyFolder() {}

  /**
   * Reads it.
   *
   * @throws IOException if it has faults
   * @throws ConfigurationFaults if it has no authority yet: of an installation without a root of
   *     its own, whose superior hasn't answered
   */
  static AuthorityCatalog read(Path folder) throws IOException, ConfigurationFaults {
    AuthorityCatalog catalog = AuthorityFiles.read(folder);
    if (catalog.all().isEmpty()) {
      throw new ConfigurationFaults(
          List.of(
              new ConfigurationFault(
                  folder.resolve("hierarchy.yaml").toString(),
                  0,
                  "authorities",
                  "has no authority yet",
                  "Take in the external superior's answer by 'ceremony external-install', and"
                      + " start again.")));
    }
    return catalog;
  }
}
