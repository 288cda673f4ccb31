package de.kreissiegel.ca.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakeTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @CsvSource({"24, false", "25, false", "26, true"})
  void stopsTheDistrictBeyondItsNumber(int leaving, boolean stopped) {
    assertThat(Brake.DEFAULT.ofDistrict(leaving).isPresent()).isEqualTo(stopped);
  }

  @ParameterizedTest
  @CsvSource({
    // leaving, all, why
    "2, 100, ",
    "3, 100, ",
    "4, 100, SHARE",
    "3, 1000, ",
    "20, 1000, ",
    "21, 1000, SHARE",
    "1, 1, ",
    "2, 2, ALL",
    "2, 3, ",
    "3, 3, ALL",
    "4, 4, SHARE"
  })
  void stopsATenantBeyondItsShareAndWhereAllWouldGo(int leaving, int all, Brake.Reason why) {
    assertThat(Brake.DEFAULT.ofTenant(leaving, all).map(Brake.Stop::reason).orElse(null))
        .isEqualTo(why);
  }

  @Test
  void tellsHowManyMay() {
    assertThat(Brake.DEFAULT.ofTenant(30, 1000))
        .contains(new Brake.Stop(Brake.Reason.SHARE, 30, 20));
    assertThat(Brake.DEFAULT.ofTenant(2, 2)).contains(new Brake.Stop(Brake.Reason.ALL, 2, 1));
  }

  @Test
  void canBeSoTightThatNobodyLeavesUnseen() {
    var tight = new Brake(0, 0, 0, HOUR);

    assertThat(tight.ofDistrict(1)).isPresent();
    assertThat(tight.ofTenant(1, 1000)).isPresent();
    assertThat(tight.ofDistrict(0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, 3, 0.02, PT1H", "25, -1, 0.02, PT1H", "25, 3, 1.1, PT1H", "25, 3, 0.02, PT0S"})
  void isNothingThatCantBe(int district, int tenant, double share, Duration within) {
    assertThatThrownBy(() -> new Brake(district, tenant, share, within))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
