package de.kreissiegel.ldap.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleDistrictTest {
  private static final SamplePasswords PASSWORDS = new SamplePasswords("p", "s", "a");
  private static final List<Entry> ENTRIES = entries();

  @Test
  void isTheSameEachTime() {
    assertThat(ldif()).isEqualTo(ldif());
    assertThat(new People().all()).isEqualTo(SampleDistrict.people());
  }

  @Test
  void hasTheLandratsamtAndSixTownsThreeMarketsAndSeventeenCommunities() {
    assertThat(SampleDistrict.houses()).hasSize(27);
    assertThat(SampleDistrict.houses().stream().filter(h -> h.name().startsWith("Stadt ")))
        .hasSize(6);
    assertThat(SampleDistrict.houses().stream().filter(h -> h.name().startsWith("Markt ")))
        .hasSize(3);
    assertThat(SampleDistrict.houses().stream().filter(h -> h.name().startsWith("Gemeinde ")))
        .hasSize(17);
  }

  @Test
  void hasAboutFifteenHundredPeopleOfEveryShape() {
    List<SamplePerson> people = SampleDistrict.people();
    assertThat(people).hasSize(1_500);
    assertThat(people).filteredOn(p -> p.mail().isEmpty()).hasSizeGreaterThan(40);
    assertThat(people).filteredOn(p -> !p.enabled()).hasSizeGreaterThan(25);
    assertThat(people).filteredOn(p -> p.second().isPresent()).hasSizeGreaterThan(15);
    assertThat(people).filteredOn(p -> p.title().isPresent()).hasSizeGreaterThan(40);
    assertThat(people).filteredOn(p -> p.surname().contains("-")).hasSizeGreaterThan(100);
    assertThat(people).filteredOn(p -> p.surname().contains("ß")).hasSizeGreaterThan(50);
    assertThat(people).filteredOn(p -> p.commonName().length() > 64).hasSizeGreaterThan(2);
    var names = new HashSet<String>();
    assertThat(people.stream().filter(p -> !names.add(p.home() + p.commonName()))).isNotEmpty();
  }

  @Test
  void givesNobodyTheLoginMailOrNumberOfAnother() {
    for (String attribute : List.of("uid", "mail", "employeeNumber", "serialNumber")) {
      List<String> values = values(attribute);
      assertThat(values).doesNotHaveDuplicates().isNotEmpty();
    }
  }

  @Test
  void keepsEveryDomainUnderExampleAndHasNoTelephoneNumbers() {
    assertThat(values("mail")).allMatch(mail -> mail.endsWith(".example"));
    assertThat(values("associatedDomain")).allMatch(domain -> domain.endsWith(".example"));
    assertThat(values("telephoneNumber")).isEmpty();
    assertThat(values("mobile")).isEmpty();
  }

  @Test
  void givesEachAdministrationOneToThreeOfficersWhoMayWork() {
    for (House house : SampleDistrict.houses()) {
      String dn = "cn=registration-officers,ou=groups," + house.dn();
      Entry group = ENTRIES.stream().filter(e -> e.getDN().equals(dn)).findFirst().orElseThrow();
      List<String> members = Arrays.asList(group.getAttributeValues("member"));
      assertThat(members).hasSizeBetween(1, 3);
      assertThat(SampleDistrict.people())
          .filteredOn(p -> members.contains(p.dn()))
          .hasSameSizeAs(members)
          .allMatch(p -> p.enabled() && p.home().equals(house));
    }
  }

  @Test
  void loadsIntoAServerThatChecksTheSchema() throws Exception {
    var config = new InMemoryDirectoryServerConfig(SampleDistrict.BASE_DN);
    var server = new InMemoryDirectoryServer(config);
    assertThat(server.importFromLDIF(true, new LDIFReader(new ByteArrayInputStream(ldif()))))
        .isEqualTo(ENTRIES.size());
  }

  @Test
  void namesOnlyEntriesThatExist() {
    var names = new HashSet<String>();
    ENTRIES.forEach(entry -> names.add(entry.getDN()));
    for (String attribute : List.of("member", "owner", "manager")) {
      assertThat(names).containsAll(values(attribute));
    }
  }

  @Test
  void hasACastThatFitsItsRoles() {
    Cast cast = SampleDistrict.cast();
    assertThat(cast.applicant().home().domain()).isEqualTo("stadt-hassfurt.example");
    assertThat(cast.withoutMail().mail()).isEmpty();
    assertThat(cast.ofTwoHouses().second()).isPresent();
    assertThat(cast.disabled().enabled()).isFalse();
    assertThat(cast.officer().home()).isEqualTo(cast.applicant().home());
    assertThat(cast.foreignOfficer().home()).isNotEqualTo(cast.applicant().home());
  }

  private static List<String> values(String attribute) {
    var all = new ArrayList<String>();
    for (Entry entry : ENTRIES) {
      if (entry.hasAttribute(attribute) && !entry.getDN().startsWith("dc=")) {
        all.addAll(Arrays.asList(entry.getAttributeValues(attribute)));
      }
    }
    return all;
  }

  private static byte[] ldif() {
    try {
      var out = new ByteArrayOutputStream();
      SampleDistrict.writeLdif(PASSWORDS, out);
      return out.toByteArray();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Entry> entries() {
    return new Entries(new People(), PASSWORDS).all();
  }
}
