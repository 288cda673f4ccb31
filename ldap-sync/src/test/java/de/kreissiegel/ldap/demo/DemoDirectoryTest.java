package de.kreissiegel.ldap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ldap.sample.SampleDistrict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {
  private static final String STAFF = SampleDistrict.cast().applicant().dn();
  private static final String OTHER = SampleDistrict.cast().officer().dn();
  @TempDir Path folder;

  @Test
  void keepsChangesAndTheIdsOfEntriesOverARestart() throws Exception {
    Entry before;
    try (var server = open();
        var admin = administrator(server)) {
      admin.modify(STAFF, new Modification(ModificationType.ADD, "description", "Zeile\nzwei"));
      admin.delete(SampleDistrict.cast().disabled().dn());
      admin.modifyDN(OTHER, "uid=renamed", true);
      before = admin.getEntry(STAFF, "*", "+");
    }
    try (var server = open();
        var admin = administrator(server)) {
      assertThat(admin.getEntry(STAFF, "*", "+")).isEqualTo(before);
      assertThat(before.getAttributeValue("entryUUID")).isNotNull();
      assertThat(admin.getEntry(SampleDistrict.cast().disabled().dn())).isNull();
      assertThat(admin.getEntry(OTHER)).isNull();
      assertThat(admin.getEntry("uid=renamed," + OTHER.substring(OTHER.indexOf(',') + 1)))
          .isNotNull();
    }
  }

  @Test
  void leavesOutARecordThatACrashCutOff() throws Exception {
    try (var server = open();
        var admin = administrator(server)) {
      admin.modify(STAFF, new Modification(ModificationType.ADD, "description", "kept"));
    }
    Path log;
    try (var files = Files.list(folder)) {
      log = files.filter(f -> f.toString().contains("changes-")).findFirst().orElseThrow();
    }
    Files.writeString(log, "dn: " + OTHER + "\nobjectClass: inet", StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("entries.ldif.unfinished"), "version: 1\n\ndn: dc=h");
    try (var server = open();
        var admin = administrator(server)) {
      assertThat(admin.getEntry(STAFF).getAttributeValue("description")).isEqualTo("kept");
      assertThat(admin.getEntry(OTHER).getAttributeValue("sn")).isNotNull();
    }
  }

  @Test
  void showsNothingButTheRootDseToStrangers() throws Exception {
    try (var server = open();
        var stranger = connection(server)) {
      assertThat(stranger.getRootDSE()).isNotNull();
      refused(() -> stranger.search("dc=hassberge,dc=example", SearchScope.SUB, "(uid=*)"));
      refused(() -> stranger.compare(STAFF, "sn", "x"));
      refused(() -> stranger.delete(STAFF));
      assertThatExceptionOfType(LDAPException.class)
          .isThrownBy(() -> stranger.bind(STAFF, "wrong"));
      refused(() -> stranger.search(STAFF, SearchScope.BASE, "(uid=*)"));
    }
  }

  @Test
  void letsPeopleReadButNeitherWriteNorSeePasswords() throws Exception {
    try (var server = open();
        var person = connection(server)) {
      person.bind(STAFF, server.passwords().people());
      Entry other = person.getEntry(OTHER, "*", "+");
      assertThat(other.getAttributeValue("sn")).isNotNull();
      assertThat(other.hasAttribute("userPassword")).isFalse();
      refused(() -> person.search(OTHER, SearchScope.BASE, "(!(userPassword=a*))"));
      refused(() -> person.search(OTHER, SearchScope.BASE, "(&(uid=*)(2.5.4.35=*))"));
      refused(() -> person.compare(OTHER, "userPassword;x", "x"));
      refused(() -> person.modify(STAFF, change("userPassword", "x")));
      refused(() -> person.delete(OTHER));
      person.bind(SampleDistrict.ADMINISTRATOR_DN, server.passwords().administrator());
      person.bind(STAFF, server.passwords().people());
      refused(() -> person.delete(OTHER));
    }
  }

  @Test
  void letsTheServiceAccountPublishAndNothingElse() throws Exception {
    try (var server = open();
        var service = connection(server)) {
      service.bind(SampleDistrict.SERVICE_DN, server.passwords().service());
      var certificate =
          new Modification(ModificationType.ADD, "userCertificate;binary", new byte[] {0x30, 0});
      service.modify(STAFF, certificate);
      refused(() -> service.modify(STAFF, certificate, change("employeeType", "disabled")));
      refused(
          () ->
              service.modify(
                  STAFF, new Modification(ModificationType.DELETE, "userCertificate;binary")));
      refused(() -> service.modify(STAFF, change("objectClass", "pkiUser")));
      refused(() -> service.modifyDN(STAFF, "uid=x", true));
      refused(() -> service.delete(STAFF));
    }
  }

  @Test
  void keepsItsFilesToItself() throws Exception {
    open().close();
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> !f.endsWith("lock")))
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(
              f ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void saysWhatIsWrongWithAFolderOrAPort() throws Exception {
    try (var server = open()) {
      assertThatIOException().isThrownBy(this::open).withMessageContaining("another");
      Path elsewhere = folder.resolve("elsewhere");
      int port = server.address().getPort();
      assertThatIOException()
          .isThrownBy(() -> DemoDirectory.open(elsewhere, port, new SecureRandom()))
          .withMessageContaining("port " + port);
    }
    Files.delete(folder.resolve("passwords.properties"));
    assertThatIOException().isThrownBy(this::open).withMessageContaining("passwords");
  }

  private DemoDirectory open() throws Exception {
    return DemoDirectory.open(folder, 0, new SecureRandom());
  }

  private static LDAPConnection connection(DemoDirectory server) throws Exception {
    return new LDAPConnection("127.0.0.1", server.address().getPort());
  }

  private static LDAPConnection administrator(DemoDirectory server) throws Exception {
    LDAPConnection connection = connection(server);
    connection.bind(SampleDistrict.ADMINISTRATOR_DN, server.passwords().administrator());
    return connection;
  }

  private static Modification change(String attribute, String value) {
    return new Modification(ModificationType.REPLACE, attribute, value);
  }

  private static void refused(ThrowingCallable operation) {
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(operation)
        .satisfies(
            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS));
  }
}
