package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.settings.ConfigurationFaults;
import java.time.Instant;

/** All versions of all profiles that this installation ever worked with. */
public interface ProfileHistory {
  /**
   * Keeps the versions of a catalog that are new.
   *
   * @throws ConfigurationFaults if a profile was changed without a new version, or went back to an
   *     older one; nothing is kept then
   */
  void keep(ProfileCatalog catalog, Instant now) throws ConfigurationFaults;

  /** The version of a profile that was the newest at a time; 0 if there was none. */
  int versionAt(ProfileName name, Instant time);
}
