package de.kreissiegel.ldap.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryFilterTest {
  private static final String DISABLED = "(userAccountControl:1.2.840.113556.1.4.803:=2)";

  private static boolean matches(String filter, Attribute... attributes) throws Exception {
    return EntryFilter.of(filter).matches(new Entry("cn=x", List.of(attributes)));
  }

  private static Attribute control(String value) {
    return new Attribute("userAccountControl", value);
  }

  @Test
  void knowsBitsOfAnActiveDirectory() throws Exception {
    assertThat(matches(DISABLED, control("514"))).isTrue();
    assertThat(matches(DISABLED, control("512"))).isFalse();
    assertThat(matches(DISABLED, control("no number"))).isFalse();
    assertThat(matches(DISABLED)).isFalse();
    String both = "(userAccountControl:1.2.840.113556.1.4.803:=514)";
    assertThat(matches(both, control("512"))).isFalse();
    String either = "(userAccountControl:1.2.840.113556.1.4.804:=514)";
    assertThat(matches(either, control("512"))).isTrue();
  }

  @Test
  void combinesThemWithOthers() throws Exception {
    String filter = "(&(objectClass=user)(!" + DISABLED + "))";
    var user = new Attribute("objectClass", "top", "user");
    assertThat(matches(filter, user, control("512"))).isTrue();
    assertThat(matches(filter, user, control("514"))).isFalse();
    assertThat(matches("(|(cn=x)" + DISABLED + ")", control("514"))).isTrue();
    assertThat(matches("(|(cn=x)(sn=*))", control("514"))).isFalse();
    assertThat(matches("(&)", user)).isTrue();
  }

  @Test
  void saysWhichAttributesItNeeds() {
    assertThat(EntryFilter.of("(&(a=1)(!(|(b=*)(c>=2))))").attributes())
        .containsExactly("a", "b", "c");
  }

  @Test
  void refusesRulesThatItCannotEvaluate() {
    for (String wrong :
        List.of("(cn:=x)", "(:caseExactMatch:=x)", "(a:1.2.840.113556.1.4.803:=x)", "cn=x)", "")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> EntryFilter.of(wrong));
    }
  }
}
