package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.publication.OutboxWorker;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.publish.PublishConfig;
import de.kreissiegel.ldap.publish.SampleChain;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePasswords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long it takes until certificates that wait in the outbox are in the entries of as many
 * people, in both forms, and until they are out again. The database and slapd are on this machine,
 * and both write to the disk before they say that something is done.
 */
public final class PublicationLoad {
  private PublicationLoad() {}

  /** Takes how many. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("publication-load");
    SamplePasswords passwords = SamplePasswords.random(new SecureRandom());
    try (var slapd = new Slapd(folder, passwords, people(count));
        var house = new PublishingHouse();
        LdapDirectory directory = directory(slapd, passwords)) {
      OutboxWorker worker = house.publishing(directory).desks().getFirst().certificates();
      var chain = new SampleChain();
      List<StoredCertificate> certificates = new ArrayList<>();
      for (SubjectId person : ids(slapd, passwords)) {
        certificates.add(house.issue(person, chain.certificate("load")));
      }
      measure("published", certificates.size(), worker);
      certificates.forEach(house::withdraw);
      measure("withdrawn", certificates.size(), worker);
    }
  }

  private static LdapDirectory directory(Slapd slapd, SamplePasswords passwords) {
    var rules =
        new PublicationRules(true, false, PublicationRules.USUAL_LIST, Duration.ofDays(30), false);
    return new LdapDirectory(
        DirectoryConfig.of(
            slapd.address(),
            SampleDistrict.SERVICE_DN,
            passwords.service(),
            SampleDistrict.BASE_DN),
        new PublishConfig(new DirectoryName("district"), rules, Optional.empty()),
        Clock.systemUTC());
  }

  private static String people(int count) {
    var ldif = new StringBuilder("\ndn: ou=load,").append(SampleDistrict.BASE_DN);
    ldif.append("\nobjectClass: organizationalUnit\nou: load\n");
    for (int i = 0; i < count; i++) {
      ldif.append(
          """

          dn: uid=load-%1$d,ou=load,%2$s
          objectClass: inetOrgPerson
          uid: load-%1$d
          cn: Load %1$d
          sn: Load
          """
              .formatted(i, SampleDistrict.BASE_DN));
    }
    return ldif.toString();
  }

  private static List<SubjectId> ids(Slapd slapd, SamplePasswords passwords) throws Exception {
    try (var connection =
        new LDAPConnection(
            "127.0.0.1",
            slapd.address().getPort(),
            SampleDistrict.SERVICE_DN,
            passwords.service())) {
      var all =
          new SearchRequest(
              "ou=load," + SampleDistrict.BASE_DN,
              SearchScope.ONE,
              Filter.createPresenceFilter("uid"),
              "entryUUID");
      List<SubjectId> ids = new ArrayList<>();
      for (SearchResultEntry entry : connection.search(all).getSearchEntries()) {
        ids.add(new SubjectId(entry.getAttributeValue("entryUUID")));
      }
      return ids;
    }
  }

  private static void measure(String what, int expected, OutboxWorker worker) {
    long began = System.nanoTime();
    int done = worker.work();
    double seconds = (System.nanoTime() - began) / 1e9;
    if (done != expected) {
      throw new IllegalStateException(done + " of " + expected + " were done");
    }
    System.out.printf("%d %s in %.1f s: %.0f a second%n", done, what, seconds, done / seconds);
  }
}
