package de.kreissiegel.ca.emergency;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.profile.ProfileCatalog;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who comes when, of the profiles that the authority brings along. */
class TurnTest {
  @Test
  void thoseOnWhomOthersDependComeFirst() {
    Map<Turn, Set<String>> turns =
        Turn.of(ProfileCatalog.bundled()).entrySet().stream()
            .collect(
                groupingBy(Map.Entry::getValue, mapping(one -> one.getKey().value(), toSet())));

    assertThat(turns)
        .containsEntry(Turn.GATEWAYS, Set.of("vpn-gateway"))
        .containsEntry(Turn.OFFICERS, Set.of("registration-officer"))
        .containsEntry(Turn.SERVERS, Set.of("tls-server", "mail-server", "web-server"))
        .containsEntry(Turn.MACHINES, Set.of("laptop", "mobile-device"))
        .containsEntry(Turn.SYSTEM, Set.of("time-stamp", "system-mail"))
        .containsEntry(Turn.RESPONDERS, Set.of("ocsp-responder-people", "ocsp-responder-devices"));
    assertThat(turns.get(Turn.PEOPLE)).contains("vpn-client", "smime", "function-mailbox");
    assertThat(Turn.values()).startsWith(Turn.GATEWAYS).endsWith(Turn.RESPONDERS);
  }
}
