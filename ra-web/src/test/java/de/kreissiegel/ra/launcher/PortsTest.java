package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void namesThePortThatIsTakenAndTheOptionThatHelps() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var ports = new Ports(other.getLocalPort(), 1, 2, 3, 4, 5);
      assertThatThrownBy(ports::requireFree)
          .isInstanceOf(LaunchFailure.class)
          .hasMessageContaining("port " + other.getLocalPort())
          .hasMessageContaining("--https-port");
    }
  }

  @Test
  void refusesTwoDoorsAtOnePort() {
    assertThatThrownBy(() -> new Ports(8443, 8443, 8080, 8081, 8082, 10389).requireValid())
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("same");
  }

  @Test
  void refusesWhatIsNotAPort() {
    assertThatThrownBy(() -> Ports.STANDARD.shifted(60_000).requireValid())
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("65535");
  }

  @Test
  void shiftsAllPortsByOneNumber() {
    assertThat(Ports.STANDARD.shifted(100))
        .isEqualTo(new Ports(8543, 8544, 8180, 8181, 8182, 10489));
  }
}
