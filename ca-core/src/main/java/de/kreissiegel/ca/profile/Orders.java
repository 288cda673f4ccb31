package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.settings.ConfigurationFault;
import java.util.List;
import java.util.Map;

/** Which profiles can be ordered together. */
final class Orders {
  private static final String KEY = "order-with";

  private Orders() {}

  /** Adds a fault for each profile whose order can't be. */
  static void check(
      Map<ProfileName, CertificateProfile> profiles, List<ConfigurationFault> faults) {
    for (CertificateProfile leading : profiles.values()) {
      for (ProfileName name : leading.orderWith()) {
        CertificateProfile other = profiles.get(name);
        String problem = other == null ? "there is no profile " + name : problem(leading, other);
        if (!problem.isEmpty()) {
          faults.add(
              new ConfigurationFault(
                  leading.name() + ".yaml",
                  0,
                  KEY,
                  problem,
                  "Name offered profiles for the same subjects with as many approvals, each with a"
                      + " key of its own, that offer no order themselves."));
        }
      }
    }
  }

  private static String problem(CertificateProfile leading, CertificateProfile other) {
    if (!leading.offered() || !other.offered()) {
      return "staff aren't offered both";
    }
    if (!other.orderWith().isEmpty()) {
      return other.name() + " offers an order itself";
    }
    if (other.approvals() != leading.approvals()) {
      return other.name() + " takes another number of approvals, so nobody could decide as one";
    }
    if (!other.subjects().containsAll(leading.subjects())) {
      return other.name() + " is not for all whom this is for";
    }
    return leading.makesOfficers() || other.makesOfficers()
        ? "what makes officers is applied for alone"
        : "";
  }
}
