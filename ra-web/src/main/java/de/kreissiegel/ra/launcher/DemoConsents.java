package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.ca.settings.SettingsConsent;
import de.kreissiegel.ca.settings.SettingsSheet;
import de.kreissiegel.ra.ceremony.SettingsOfInstallation;
import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.officer.OfficerFile;
import de.kreissiegel.ra.walkthrough.Appointments;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** The demo consents to its own settings, by the keys of two of its officers. */
final class DemoConsents {
  private DemoConsents() {}

  static void give(DataDirectory folder) throws LaunchFailure {
    try {
      var settings = new SettingsOfInstallation(folder.authorities(), folder.trust());
      SettingsSheet sheet = settings.sheet(ProfileCatalog.bundled());
      ConsentFolder consents = settings.consents();
      if (consents.givers(sheet, settings.entitled()).size() >= ConsentFolder.NEEDED) {
        return;
      }
      DemoCredentials credentials = new CredentialsFile(folder.root()).read();
      for (DemoRole role : Appointments.FIRST.stream().limit(ConsentFolder.NEEDED).toList()) {
        OfficerFile file =
            OfficerFile.read(
                DemoCredentials.keyFile(folder.root(), credentials.person(role)),
                credentials.officerKeyPassword().toCharArray());
        consents.keep(sheet, SettingsConsent.to(sheet, file.key(), file.certificate()));
      }
    } catch (IOException | GeneralSecurityException failure) {
      throw new LaunchFailure(
          "the demo can't consent to its settings: " + failure.getMessage() + ".", failure);
    }
  }
}
