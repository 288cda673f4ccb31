package de.kreissiegel.ldap.sample;

/**
 * One administration of the sample district.
 *
 * @param label its label in the domain name, as {@code stadt-hassfurt}
 * @param name its official name, as {@code Stadt Haßfurt}
 * @param place where it sits
 * @param staff how many people work there
 */
public record House(String label, String name, String place, int staff) {
  /** Its domain-style name, the tenant's id, as {@code stadt-hassfurt.example}. */
  public String domain() {
    return label + ".example";
  }

  /** The distinguished name of its entry (RFC 4514, in the style of RFC 2247). */
  public String dn() {
    return "dc=" + label + "," + SampleDistrict.BASE_DN;
  }

  boolean isCounty() {
    return label.equals("landratsamt-hassberge");
  }
}
