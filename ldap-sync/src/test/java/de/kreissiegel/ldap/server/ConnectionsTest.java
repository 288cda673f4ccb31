package de.kreissiegel.ldap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final Filter ANY = Filter.createPresenceFilter("objectClass");
  private static final Account ACCOUNT =
      new Account.Password(ScriptedServer.ADMINISTRATOR, ScriptedServer.PASSWORD);
  private ScriptedServer server;
  private Connections connections;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer(SmallDistrict.BASE);
    SmallDistrict.fill(server, 2);
    connections =
        new Connections(
            new ServerConfig(List.of(server.address()), false, Optional.empty(), ACCOUNT));
  }

  @AfterEach
  void stop() {
    connections.close();
    server.close();
  }

  private int count() throws LDAPException {
    var all = new AtomicInteger();
    connections.all(
        new SearchRequest(SmallDistrict.BASE, SearchScope.SUB, ANY, "1.1"),
        _ -> all.incrementAndGet());
    return all.get();
  }

  private void refuses(ResultCode code) {
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(this::count)
        .matches(e -> e.getResultCode().equals(code), code.getName());
  }

  @Test
  void readsEverythingInPages() throws Exception {
    for (int i = 0; i < 1_200; i++) {
      SmallDistrict.person(server, "more-" + i, SmallDistrict.SECOND);
    }
    assertThat(count()).isGreaterThan(1_200);
  }

  @Test
  void followsNoReferralAndNoReferenceEvenInACircle() {
    String back = server.address() + "/" + SmallDistrict.BASE;
    server.plays(
        (_, id, _) ->
            Optional.of(
                new LDAPMessage(
                    id,
                    new SearchResultDoneProtocolOp(
                        ResultCode.REFERRAL_INT_VALUE, null, "elsewhere", List.of(back)))));
    refuses(ResultCode.REFERRAL);
    server.plays(
        (connection, id, _) -> {
          connection.sendSearchResultReference(
              id, new SearchResultReferenceProtocolOp(List.of(back)));
          return Optional.empty();
        });
    refuses(ResultCode.REFERRAL);
  }

  @Test
  void takesALimitOfTheServerForAnError() {
    server.plays(
        (_, id, _) -> Optional.of(ScriptedServer.done(id, ResultCode.SIZE_LIMIT_EXCEEDED)));
    refuses(ResultCode.SIZE_LIMIT_EXCEEDED);
  }

  @Test
  void takesAnAnswerThatDoesNotSayWhetherItIsTheLastPageForAnError() {
    server.plays((_, id, _) -> Optional.of(ScriptedServer.done(id, ResultCode.SUCCESS)));
    refuses(ResultCode.CONTROL_NOT_FOUND);
  }

  @Test
  void readsNoMessageOfTenMegabytes() {
    server.plays(
        (connection, id, _) -> {
          connection.sendSearchResultEntry(
              id, new Entry(SmallDistrict.BASE, new Attribute("cn", "x".repeat(10_000_000))));
          return Optional.empty();
        });
    assertThatExceptionOfType(LDAPException.class).isThrownBy(this::count);
  }

  @Test
  void readsAGroupOfTwentyThousand() throws Exception {
    server.add(SmallDistrict.group("cn=all," + SmallDistrict.GROUPS, List.of(), 20_000));
    Entry group = connections.entry("cn=all," + SmallDistrict.GROUPS, "member").orElseThrow();
    assertThat(group.getAttributeValues("member")).hasSize(20_000);
  }

  @Test
  void tellsAMissingEntryFromAnError() throws Exception {
    assertThat(connections.entry("cn=nobody," + SmallDistrict.BASE, "cn")).isEmpty();
    assertThat(connections.hasChildren("cn=nobody," + SmallDistrict.BASE)).isFalse();
    assertThat(connections.hasChildren(SmallDistrict.FIRST)).isTrue();
    server.plays((_, id, _) -> Optional.of(ScriptedServer.done(id, ResultCode.BUSY)));
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(() -> connections.entry(SmallDistrict.BASE, "cn"));
  }

  @Test
  void sendsNoPasswordInTheClearToAnotherMachine() {
    refuses("ldap://ldap.example", false, "ldaps");
    refuses("ldaps://ldap.example", true, "StartTLS is for ldap://");
    refuses("http://ldap.example", false, "must be ldap://host:port");
    refuses("ldap:///nowhere", false, "must be ldap://host:port");
    for (Account other :
        List.of(
            new Account.ClientCertificate(Path.of("a"), Path.of("b")),
            new Account.Kerberos("kreissiegel@DISTRICT.EXAMPLE", Path.of("a")))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new ServerConfig(
                      List.of(URI.create("ldap://127.0.0.1")), false, Optional.empty(), other))
          .withMessageContaining("needs TLS");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Account.Kerberos("kreissiegel", Path.of("a")))
        .withMessageContaining("has a realm");
    assertThatIllegalArgumentException().isThrownBy(() -> new Account.Password("cn=x", ""));
    assertThat(ACCOUNT.toString()).doesNotContain(ScriptedServer.PASSWORD);
  }

  private static void refuses(String url, boolean startTls, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ServerConfig(List.of(URI.create(url)), startTls, Optional.empty(), ACCOUNT))
        .withMessageContaining(why);
  }
}
