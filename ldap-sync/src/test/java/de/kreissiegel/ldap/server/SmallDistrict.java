package de.kreissiegel.ldap.server;

import com.unboundid.ldap.sdk.Entry;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.ArrayList;
import java.util.List;

/** Two administrations with some people each, a mailbox and a laptop, for scripted servers. */
public final class SmallDistrict {
  public static final String BASE = "dc=district,dc=example";
  public static final String FIRST = "dc=first," + BASE;
  public static final String SECOND = "dc=second," + BASE;
  public static final String GROUPS = "ou=groups," + FIRST;

  private SmallDistrict() {}

  public static void fill(ScriptedServer server, int people) throws Exception {
    server.add("dn: " + BASE, "objectClass: top", "objectClass: dcObject", "dc: district");
    for (String tenant : List.of("first", "second")) {
      String dn = "dc=" + tenant + "," + BASE;
      server.add(
          "dn: " + dn,
          "objectClass: organization",
          "dc: " + tenant,
          "o: Gemeinde " + tenant,
          "associatedDomain: " + tenant + ".example");
      for (String container : List.of("people", "functions", "devices", "services", "groups")) {
        server.add("dn: ou=" + container + "," + dn, "objectClass: organizationalUnit");
      }
      for (int i = 0; i < people; i++) {
        person(server, "p" + i + "-" + tenant, dn);
      }
    }
    String owner = dn("p0-first", FIRST);
    server.add(
        "dn: uid=office,ou=functions," + FIRST,
        "objectClass: inetOrgPerson",
        "uid: office",
        "cn: Poststelle",
        "mail: office@first.example",
        "manager: " + owner);
    server.add(
        "dn: cn=laptop,ou=devices," + FIRST,
        "objectClass: device",
        "cn: laptop",
        "owner: " + owner);
  }

  public static void person(ScriptedServer server, String uid, String tenant) throws Exception {
    server.add(
        "dn: " + dn(uid, tenant),
        "objectClass: inetOrgPerson",
        "uid: " + uid,
        "cn: Person " + uid,
        "sn: " + uid,
        "givenName: Person",
        "mail: " + uid + "@example");
  }

  public static String dn(String uid, String tenant) {
    return "uid=" + uid + ",ou=people," + tenant;
  }

  public static SubjectId id(Entry entry) {
    return new SubjectId(entry.getAttributeValue("entryUUID"));
  }

  /** A group of so many who don't exist, after those who do. */
  public static String[] group(String dn, List<String> members, int strangers) {
    var lines = new ArrayList<>(List.of("dn: " + dn, "objectClass: groupOfNames", "cn: group"));
    members.forEach(member -> lines.add("member: " + member));
    for (int i = 0; i < strangers; i++) {
      lines.add("member: uid=stranger-%05d,ou=people,%s".formatted(i, SECOND));
    }
    return lines.toArray(String[]::new);
  }
}
