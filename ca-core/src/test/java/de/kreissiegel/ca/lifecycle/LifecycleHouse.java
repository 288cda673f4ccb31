package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A lifecycle over a test database, with a directory and a registration desk that tests play. */
final class LifecycleHouse {
  static final DirectoryName DISTRICT = new DirectoryName("district");

  final Bookroom room;
  final Map<SubjectId, String> openRequests = new HashMap<>();
  final Map<SubjectId, String> refused = new HashMap<>();
  final Map<RequestId, SubjectKind> kinds = new HashMap<>();
  final Map<SubjectId, Subject> directory = new HashMap<>();
  boolean directoryDown;
  private Instant now = SampleCertificate.NOW;
  private int bookmark;

  LifecycleHouse(Bookroom room) {
    this.room = room;
    room.clear();
  }

  /** With the profiles that are brought along. */
  SubjectLifecycle lifecycle(Brake brake) {
    return lifecycle(brake, ProfileCatalog.bundled());
  }

  SubjectLifecycle lifecycle(Brake brake, ProfileCatalog profiles) {
    Books books = Books.of(room.database().source(), "node-1", clock(), new SecureRandom());
    return new SubjectLifecycle(
        desk(books),
        new Requests(),
        new Entries(),
        books.ofLifecycle(),
        new SubjectLifecycle.Settings(
            profiles, request -> Optional.ofNullable(kinds.get(request)), brake),
        clock());
  }

  /** Where officers revoke and release. */
  RevocationDesk desk() {
    return desk(Books.of(room.database().source(), "node-1", clock(), new SecureRandom()));
  }

  private RevocationDesk desk(Books books) {
    return new RevocationDesk(books.ofRevocation(), room.ownership(), clock());
  }

  /** Those that are brought along, with one that reacts to the directory as these lines say. */
  static ProfileCatalog profiles(Path folder, String profile, String... rules) throws Exception {
    for (String file : ProfileCatalog.bundledFiles()) {
      String text = ProfileCatalog.bundledFile(file);
      if (file.equals(profile + ".yaml")) {
        text += "directory:\n  " + String.join("\n  ", rules) + "\n";
      }
      Files.writeString(folder.resolve(file), text);
    }
    return ProfileCatalog.load(folder);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  /** Somebody at work in Haßfurt, as the directory tells of them. */
  static Subject person(String id) {
    return person(id, id, true, SampleCertificate.HASSFURT);
  }

  static Subject disabled(String id) {
    return person(id, id, false, SampleCertificate.HASSFURT);
  }

  static Subject person(String id, String name, boolean enabled, TenantId home, TenantId... more) {
    var tenants = new ArrayList<>(List.of(more));
    tenants.add(home);
    return new Subject(
        new SubjectId(id),
        SubjectKind.PERSON,
        home,
        Set.copyOf(tenants),
        name,
        Optional.empty(),
        Optional.of("Erika"),
        Optional.of(name),
        Optional.of(id + "@" + home),
        Optional.empty(),
        Optional.of(id),
        enabled,
        "uid=" + id,
        Set.of());
  }

  static Subject mailbox(String id, String... responsible) {
    return new Subject(
        new SubjectId(id),
        SubjectKind.FUNCTION,
        SampleCertificate.HASSFURT,
        Set.of(SampleCertificate.HASSFURT),
        "GRP: " + id,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(id + "@stadt-hassfurt.example"),
        Optional.empty(),
        Optional.empty(),
        true,
        "cn=" + id,
        ids(responsible));
  }

  static Observation seen(Subject subject) {
    return new Observation.Present(subject, false, Set.of());
  }

  static Observation away(String id) {
    return new Observation.Present(person(id), true, Set.of());
  }

  static Observation gone(String id) {
    return new Observation.Gone(new SubjectId(id), "entry deleted");
  }

  static Set<SubjectId> ids(String... ids) {
    return Set.copyOf(List.of(ids).stream().map(SubjectId::new).toList());
  }

  /** A change that came alone, or a whole reading. */
  DirectoryReport report(Observation... seen) {
    return DirectoryReport.last(List.of(seen), next());
  }

  DirectoryReport report(List<Observation> seen) {
    return DirectoryReport.last(seen, next());
  }

  private Bookmark next() {
    return new Bookmark(Bytes.of(new byte[] {(byte) ++bookmark}));
  }

  StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(room.database().database(), room.certificates());
  }

  CertificateStatus status(StoredCertificate certificate) {
    return room.certificates()
        .find(certificate.authority(), certificate.serial())
        .orElseThrow()
        .status();
  }

  List<String> events() {
    return room.database()
        .texts("select action || ': ' || detail from audit_event order by chain, sequence");
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private final class Requests implements OpenRequests {
    @Override
    public void refuse(Actor.Component component, SubjectId subject, String cause) {
      if (openRequests.remove(subject) != null) {
        refused.put(subject, cause);
      }
    }

    @Override
    public void refuse(
        Actor.Component component, SubjectId subject, Set<TenantId> tenants, String cause) {
      refuse(component, subject, cause);
    }
  }

  private final class Entries extends Nobody {
    @Override
    public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
      if (directoryDown) {
        throw new DirectoryUnavailable("down", new IOException());
      }
      return Optional.ofNullable(directory.get(id));
    }
  }

  /** A directory that knows nobody. */
  static class Nobody implements SubjectDirectory {
    @Override
    public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
      return Optional.empty();
    }

    @Override
    public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost) {
      return List.of();
    }

    @Override
    public List<Subject> inCareOf(SubjectId person) {
      return List.of();
    }

    @Override
    public List<Tenant> tenants() {
      return List.of();
    }
  }
}
