package de.kreissiegel.ldap.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import de.kreissiegel.ca.subject.WindowsAccount;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsAccountsTest {
  /** S-1-5-21-1004336348-1177238915-682003330-512, the example of Microsoft's documents. */
  private static final String SID = "010500000000000515000000dcf4dc3b833d2b46828ba62800020000";

  @Test
  void readsThePrincipalNameAndTheSecurityIdentifier() {
    assertThat(WindowsAccounts.of(entry(SID, "anna@stadt-hassfurt.example")))
        .contains(
            new WindowsAccount(
                "anna@stadt-hassfurt.example", "S-1-5-21-1004336348-1177238915-682003330-512"));
  }

  @Test
  void readsPartsAsUnsigned() {
    assertThat(WindowsAccounts.text(HexFormat.of().parseHex("0101000000000005ffffffff")))
        .contains("S-1-5-4294967295");
  }

  @Test
  void hasNoneWhereOneOfTheTwoIsMissing() throws Exception {
    assertThat(WindowsAccounts.of(new Entry("dn: cn=a", "userPrincipalName: a@b"))).isEmpty();
    assertThat(WindowsAccounts.of(entry(SID, " "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "0201000000000005ffffffff",
        "0102000000000005ffffffff",
        "0101000000000005ffffff",
        "01ff000000000005ffffffff"
      })
  void takesNoOctetsThatAreNoSecurityIdentifier(String octets) {
    assertThat(WindowsAccounts.text(HexFormat.of().parseHex(octets))).isEmpty();
  }

  private static Entry entry(String sid, String principalName) {
    var entry = new Entry("cn=Anna,dc=example");
    entry.addAttribute("objectSid", HexFormat.of().parseHex(sid));
    entry.addAttribute("userPrincipalName", principalName);
    return entry;
  }
}
