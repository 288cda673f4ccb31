package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormsTest {
  private static final long SEED = 20_261_129L;

  @Test
  void letsOurOwnDistinguishingNumbersPass() {
    Random random = new Random(SEED);
    byte[] number = new byte[10];
    for (int round = 0; round < 200_000; round++) {
      random.nextBytes(number);
      String text = HexFormat.of().withUpperCase().formatHex(number);
      assertThat(
              NumberForms.hasIdentityNumber(text)
                  || NumberForms.isShortNumber(text)
                  || NumberForms.isSemantic(text))
          .as("%s, seed %d", text, SEED)
          .isFalse();
    }
  }

  @Test
  void findsNoNumberOfAPersonInAUuid() {
    assertThat(NumberForms.hasAddress("device-4d297bd5-44dd-4c22-a5f0-457721726103.example"))
        .as("so it would be a phone number")
        .isTrue();
    Random random = new Random(SEED);
    for (int round = 0; round < 100_000; round++) {
      String name = "device-" + new java.util.UUID(random.nextLong(), random.nextLong());
      assertThat(NumberForms.withoutUuids(name + ".example")).isEqualTo("device-.example");
    }
    assertThat(NumberForms.withoutUuids("Anna 0931 / 1234567")).isEqualTo("Anna 0931 / 1234567");
    assertThat(NumberForms.withoutUuids("4d297bd5-44dd-4c22-a5f0-4577217261031"))
        .as("one digit more is none")
        .endsWith("031");
  }

  @Test
  void knowsTheCheckDigitsOfTheirStandards() {
    // The sample document of ICAO Doc 9303 part 4 and a sample of the tax office.
    assertThat(NumberForms.checkDigit("L898902C3")).isEqualTo(6);
    assertThat(NumberForms.isTaxPayer("86095742719")).isTrue();
    assertThat(NumberForms.isTaxPayer("86095742718")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bürgerbüro 2",
        "Grundschule 3, Turnhalle",
        "Amt 61 Stadtplanung",
        "Wahl 27.09.2026",
        "vpn-gw-01",
        "Poststelle 24/7",
        "Ortsteil 12b",
        "Straßenverkehrsamt 36"
      })
  void letsNumbersOfOfficesPass(String name) {
    assertThat(NumberForms.hasBirthDate(name, 2026)).isFalse();
    assertThat(NumberForms.hasAddress(name)).isFalse();
    assertThat(NumberForms.hasStaffNumber(name)).isFalse();
    assertThat(NumberForms.hasIdentityNumber(name)).isFalse();
  }
}
