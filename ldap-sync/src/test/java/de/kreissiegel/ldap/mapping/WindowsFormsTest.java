package de.kreissiegel.ldap.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The forms of MS-DTYP. */
class WindowsFormsTest {
  /** The GUID that MS-DTYP writes as an example. */
  private static final String TEXT = "6b29fc40-ca47-1067-b31d-00dd010662da";

  private static final byte[] OCTETS = HexFormat.of().parseHex("40fc296b47ca6710b31d00dd010662da");

  @Test
  void writesTheFirstThreeFieldsOfAGuidTheOtherWayRound() {
    assertThat(Guid.text(OCTETS)).contains(TEXT);
    assertThat(Guid.octets(TEXT)).hasValueSatisfying(o -> assertThat(o).isEqualTo(OCTETS));
    assertThat(Guid.text(new byte[15])).isEmpty();
    assertThat(Guid.octets("Weißmüller")).isEmpty();
  }

  @Test
  void keepsHighBitsOfAGuid() {
    String high = "ffeeddcc-bbaa-9988-8899-aabbccddeeff";
    assertThat(Guid.octets(high).flatMap(Guid::text)).contains(high);
  }

  @Test
  void asksForAGuidByItsOctets() {
    var filter = new IdAttribute("objectGUID").filter(new SubjectId(TEXT));
    assertThat(filter.getAssertionValueBytes()).isEqualTo(OCTETS);
  }

  @Test
  void readsWhenAnAccountEnds() {
    assertThat(WindowsTime.end("116444736000000000")).contains(Instant.EPOCH);
    assertThat(WindowsTime.end("0")).isEmpty();
    assertThat(WindowsTime.end("9223372036854775807")).isEmpty();
    assertThat(WindowsTime.end("never")).isEmpty();
  }
}
