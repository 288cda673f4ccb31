package de.kreissiegel.ldap.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The sample district: the same people each time, with the passwords that are given. */
public final class SampleDistrict {
  /** The suffix. */
  public static final String BASE_DN = "dc=hassberge,dc=example";

  /** The account by which Kreissiegel reads and publishes. */
  public static final String SERVICE_DN = "cn=kreissiegel," + BASE_DN;

  /** The account that may change everything in the demo's directory. */
  public static final String ADMINISTRATOR_DN = "cn=administrator," + BASE_DN;

  private static final People PEOPLE = new People();

  private SampleDistrict() {}

  /** The people that the story is told with. */
  public static Cast cast() {
    return PEOPLE.cast();
  }

  /** Everybody, about 1,500. */
  public static List<SamplePerson> people() {
    return PEOPLE.all();
  }

  /** Who is at the district's help desk: of the Landratsamt, and nobody of the cast. */
  public static SamplePerson helper() {
    return PEOPLE.helper();
  }

  /** The Landratsamt and the 26 municipalities. */
  public static List<House> houses() {
    return Houses.ALL;
  }

  /**
   * Writes the district as LDIF (RFC 2849; without its version line, which slapadd refuses),
   * parents before children. The bytes are the same for the same passwords.
   */
  public static void writeLdif(SamplePasswords passwords, OutputStream out) throws IOException {
    for (Entry entry : new Entries(PEOPLE, passwords).all()) {
      for (String line : entry.toLDIF(76)) {
        out.write((line + "\n").getBytes(UTF_8));
      }
      out.write('\n');
    }
  }

  /** One to three of a house; the cast where it has one. */
  static List<SamplePerson> officers(House house, List<SamplePerson> staff, Cast cast) {
    if (house.equals(cast.officer().home())) {
      return List.of(cast.officer(), cast.secondOfficer());
    }
    if (house.equals(cast.foreignOfficer().home())) {
      return List.of(cast.foreignOfficer());
    }
    if (house.equals(cast.leadOfficer().home())) {
      return List.of(cast.leadOfficer(), cast.secondLeadOfficer());
    }
    return staff.stream()
        .filter(p -> p.enabled() && p.mail().isPresent() && !p.equals(cast.auditor()))
        .limit(1 + house.staff() % 3)
        .toList();
  }
}
