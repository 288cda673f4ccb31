package de.kreissiegel.ldap.sample;

import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What belongs to a house besides its people: function mailboxes, devices, services. */
final class Belongings {
  private static final List<String> EVERYWHERE =
      List.of("Poststelle", "Bürgerbüro", "Bauamt", "Kämmerei");
  private static final List<String> IN_THE_COUNTY =
      List.of(
          "Poststelle",
          "Führerscheinstelle",
          "Kfz-Zulassung",
          "Jugendamt",
          "Gesundheitsamt",
          "Ausländeramt",
          "Untere Naturschutzbehörde",
          "IT-Leitstelle");
  private final List<Entry> entries = new ArrayList<>();
  private final House house;
  private final List<SamplePerson> staff;
  private final List<SamplePerson> officers;

  Belongings(House house, List<SamplePerson> staff, List<SamplePerson> officers) {
    this.house = house;
    this.staff = staff;
    this.officers = officers;
    (house.isCounty() ? IN_THE_COUNTY : EVERYWHERE).forEach(this::mailbox);
    devices();
    service("vpn", "VPN-Gateway");
    service("mail", "Mailserver");
  }

  List<Entry> entries() {
    return entries;
  }

  /** An inetOrgPerson, for mail programs look for nothing else; who answers for it is a manager. */
  private void mailbox(String name) {
    String label = People.ascii(name);
    String login = label + "." + house.label();
    Entry entry =
        add(
            "uid=" + login + ",ou=functions," + house.dn(),
            "inetOrgPerson",
            "organizationalPerson",
            "person");
    entry.addAttribute("uid", login);
    entry.addAttribute("cn", name + " " + house.place());
    entry.addAttribute("sn", name);
    entry.addAttribute("mail", label + "@" + house.domain());
    entry.addAttribute("employeeType", "active");
    entry.addAttribute("manager", officers.getFirst().dn());
    entry.addAttribute("manager", staff.getFirst().dn());
  }

  private void devices() {
    for (int i = 0; i < staff.size(); i++) {
      if (i % 3 == 0) {
        device("lt", "Laptop", staff.get(i));
      }
      if (i % 7 == 0) {
        device("ph", "Telefon", staff.get(i));
      }
    }
  }

  private void device(String prefix, String kind, SamplePerson owner) {
    String name = prefix + "-" + owner.employeeNumber();
    Entry entry = add("cn=" + name + ",ou=devices," + house.dn(), "device", "domainRelatedObject");
    entry.addAttribute("cn", name);
    entry.addAttribute("description", kind);
    entry.addAttribute(
        "serialNumber", "KS" + prefix.toUpperCase(Locale.ROOT) + owner.employeeNumber());
    entry.addAttribute("associatedDomain", name + "." + house.domain());
    entry.addAttribute("owner", owner.dn());
  }

  private void service(String name, String kind) {
    String dns = name + "." + house.domain();
    Entry entry = add("cn=" + dns + ",ou=services," + house.dn(), "device", "domainRelatedObject");
    entry.addAttribute("cn", dns);
    entry.addAttribute("description", kind);
    entry.addAttribute("associatedDomain", dns);
    officers.forEach(officer -> entry.addAttribute("owner", officer.dn()));
  }

  private Entry add(String dn, String... classes) {
    Entry entry = entry(dn, classes);
    entries.add(entry);
    return entry;
  }

  /** An entry with its object classes, the schema left out. */
  static Entry entry(String dn, String... classes) {
    var entry = new Entry(dn);
    entry.addAttribute("objectClass", "top");
    entry.addAttribute("objectClass", classes);
    return entry;
  }
}
