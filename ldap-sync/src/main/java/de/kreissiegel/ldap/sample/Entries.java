package de.kreissiegel.ldap.sample;

import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The entries of the district, parents before children. */
final class Entries {
  private final List<Entry> all = new ArrayList<>();
  private final SamplePasswords passwords;
  private final People people;

  Entries(People people, SamplePasswords passwords) {
    this.people = people;
    this.passwords = passwords;
    district();
    Houses.ALL.forEach(this::house);
  }

  List<Entry> all() {
    return all;
  }

  private void district() {
    Entry base = entry(SampleDistrict.BASE_DN, "organization", "dcObject");
    base.addAttribute("o", "Landkreis Haßberge");
    base.addAttribute("dc", "hassberge");
    base.addAttribute("description", "Sample district: the people are invented");
    account(SampleDistrict.SERVICE_DN, "kreissiegel", passwords.service());
    account(SampleDistrict.ADMINISTRATOR_DN, "administrator", passwords.administrator());
    container(SampleDistrict.BASE_DN, "groups");
    group("auditors", SampleDistrict.BASE_DN, Stream.of(people.cast().auditor()));
    group("help-desk", SampleDistrict.BASE_DN, Stream.of(people.helper()));
    group(
        "lead-registration-officers",
        SampleDistrict.BASE_DN,
        Stream.of(people.cast().leadOfficer(), people.cast().secondLeadOfficer()));
  }

  private void account(String dn, String name, String password) {
    Entry account = entry(dn, "organizationalRole", "simpleSecurityObject");
    account.addAttribute("cn", name);
    account.addAttribute("userPassword", Ssha.of(password, dn));
  }

  private void house(House house) {
    Entry organisation = entry(house.dn(), "organization", "dcObject", "domainRelatedObject");
    organisation.addAttribute("o", house.name());
    organisation.addAttribute("dc", house.label());
    organisation.addAttribute("associatedDomain", house.domain());
    organisation.addAttribute("l", house.place());
    for (String container : List.of("people", "functions", "devices", "services", "groups")) {
      container(house.dn(), container);
    }
    List<SamplePerson> staff = people.all().stream().filter(p -> p.home().equals(house)).toList();
    staff.forEach(this::person);
    List<SamplePerson> officers = SampleDistrict.officers(house, staff, people.cast());
    group("registration-officers", house.dn(), officers.stream());
    all.addAll(new Belongings(house, staff, officers).entries());
  }

  private void person(SamplePerson person) {
    Entry entry = entry(person.dn(), "inetOrgPerson", "organizationalPerson", "person");
    entry.addAttribute("uid", person.login());
    entry.addAttribute("cn", person.commonName());
    entry.addAttribute("sn", person.surname());
    entry.addAttribute("givenName", person.givenName());
    entry.addAttribute("displayName", person.surname() + ", " + person.givenName());
    person.title().ifPresent(title -> entry.addAttribute("title", title));
    person.mail().ifPresent(mail -> entry.addAttribute("mail", mail));
    entry.addAttribute("employeeNumber", Integer.toString(person.employeeNumber()));
    entry.addAttribute("employeeType", person.enabled() ? "active" : "disabled");
    entry.addAttribute("o", person.home().name());
    person.second().ifPresent(second -> entry.addAttribute("o", second.name()));
    entry.addAttribute("userPassword", Ssha.of(passwords.people(), person.dn()));
  }

  private void container(String parent, String name) {
    entry("ou=" + name + "," + parent, "organizationalUnit").addAttribute("ou", name);
  }

  private void group(String name, String parent, Stream<SamplePerson> members) {
    Entry group = entry("cn=" + name + ",ou=groups," + parent, "groupOfNames");
    group.addAttribute("cn", name);
    members.forEach(member -> group.addAttribute("member", member.dn()));
  }

  private Entry entry(String dn, String... classes) {
    Entry entry = Belongings.entry(dn, classes);
    all.add(entry);
    return entry;
  }
}
