package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.subject.SubjectKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How an officer checked whom a certificate is for. A closed list: neither a document's number nor
 * a copy has a place in it (BSI TR-03145-1, IR.Req; § 20 PAuswG).
 */
public enum CheckKind {
  /** The officer knows the person. */
  KNOWN("known"),
  /** The person showed an identity card or passport, which was looked at and given back. */
  IDENTITY_CARD("identity-card"),
  /** The personnel department's record says so. */
  PERSONNEL_RECORD("personnel-record"),
  /** The person was checked before in another way, and nothing has changed. */
  UNCHANGED("unchanged"),
  /** The inventory of devices and services says whose it is and who answers for it. */
  DEVICE_RECORD("device-record");

  private final String configName;

  CheckKind(String configName) {
    this.configName = configName;
  }

  /** The name in files and in the API. */
  public String configName() {
    return configName;
  }

  /** The one of this name. */
  public static Optional<CheckKind> ofConfigName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.configName.equals(name)).findFirst();
  }

  /** What can be done for such subjects, the usual one first. */
  static List<CheckKind> usualFor(Set<SubjectKind> subjects) {
    boolean people =
        subjects.contains(SubjectKind.PERSON) || subjects.contains(SubjectKind.FUNCTION);
    boolean things =
        subjects.contains(SubjectKind.DEVICE) || subjects.contains(SubjectKind.SERVICE);
    return Arrays.stream(values())
        .filter(kind -> kind == DEVICE_RECORD ? things || !people : people || kind == UNCHANGED)
        .toList();
  }
}
