package de.kreissiegel.ldap.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.LDAPConnection;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.Slapd;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.time.Clock;

/** A district of any size on a slapd that offers content synchronisation. */
final class BigDistrict {
  static final String BASE = "dc=district,dc=example";
  static final String ACCOUNT = "cn=kreissiegel," + BASE;
  static final String ADMINISTRATOR = "cn=administrator," + BASE;
  static final String PASSWORD = "secret";
  private static final int TENANTS = 26;

  private BigDistrict() {}

  static Slapd slapd(Path folder, int entries) throws Exception {
    return new Slapd(folder, config(folder), out -> write(out, entries));
  }

  static LdapDirectory directory(Slapd slapd) {
    return new LdapDirectory(
        DirectoryConfig.of(slapd.address(), ACCOUNT, PASSWORD, BASE), Clock.systemUTC());
  }

  static LDAPConnection administrator(Slapd slapd) throws Exception {
    return new LDAPConnection("127.0.0.1", slapd.address().getPort(), ADMINISTRATOR, PASSWORD);
  }

  static String dn(int number) {
    return "uid=u%05d,ou=people,%s".formatted(number, tenant(number % TENANTS));
  }

  static String tenant(int number) {
    return "dc=t%02d,%s".formatted(number, BASE);
  }

  /** People, and for each tenth a laptop; so many entries altogether, containers not counted. */
  static void write(OutputStream out, int entries) throws Exception {
    var text = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    text.write(
        "dn: %s\nobjectClass: dcObject\nobjectClass: organization\no: District\ndc: district\n\n"
            .formatted(BASE));
    text.write(
        "dn: %s\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: kreissiegel\nuserPassword: %s\n\n"
            .formatted(ACCOUNT, PASSWORD));
    for (int i = 0; i < TENANTS; i++) {
      text.write(
          "dn: %s\nobjectClass: organization\nobjectClass: dcObject\nobjectClass: domainRelatedObject\ndc: t%02d\no: Gemeinde %02d\nassociatedDomain: t%02d.example\n\n"
              .formatted(tenant(i), i, i, i));
      for (String name : new String[] {"people", "devices"}) {
        text.write(
            "dn: ou=%s,%s\nobjectClass: organizationalUnit\nou: %s\n\n"
                .formatted(name, tenant(i), name));
      }
    }
    int people = entries - entries / 11;
    for (int i = 0; i < people; i++) {
      text.write(
          "dn: %s\nobjectClass: inetOrgPerson\nuid: u%05d\ncn: User %d\nsn: Name%d\ngivenName: User\nmail: u%05d@t.example\nemployeeNumber: %d\ntelephoneNumber: +49 30 %07d\n\n"
              .formatted(dn(i), i, i, i, i, i, i));
    }
    for (int i = 0; i < entries / 11; i++) {
      text.write(
          "dn: cn=laptop-%05d,ou=devices,%s\nobjectClass: device\ncn: laptop-%05d\nowner: %s\n\n"
              .formatted(i, tenant(i % TENANTS), i, dn(i)));
    }
    text.flush();
  }

  /** The account may read what the mapping reads, as the handbook says, and nothing more. */
  private static String config(Path folder) {
    return """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        pidfile %1$s/slapd.pid
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload syncprov
        database mdb
        maxsize 1073741824
        suffix "%2$s"
        rootdn "%4$s"
        rootpw %5$s
        directory %1$s/db
        index objectClass,entryUUID,entryCSN,uid,mail,member eq
        limits dn.exact="%3$s" size=unlimited time=unlimited size.prtotal=unlimited
        access to attrs=userPassword by anonymous auth by * none
        access to attrs=entry,objectClass,entryUUID,entryCSN,modifyTimestamp,createTimestamp,dc,o,ou,associatedDomain,cn,title,givenName,sn,mail,uid,employeeType,owner,manager,member
          by dn.exact="%3$s" read by * none
        access to * by * none
        overlay syncprov
        syncprov-checkpoint 100 10
        syncprov-sessionlog 10000
        """
        .formatted(folder, BASE, ACCOUNT, ADMINISTRATOR, PASSWORD);
  }
}
