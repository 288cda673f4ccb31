package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileHistory;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The profiles' versions in PostgreSQL. */
public final class JdbcProfileHistory implements ProfileHistory {
  private final Jdbi jdbi;

  public JdbcProfileHistory(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void keep(ProfileCatalog catalog, Instant now) throws ConfigurationFaults {
    jdbi.<ConfigurationFaults>useTransaction(handle -> keep(handle, catalog, now));
  }

  private static void keep(Handle handle, ProfileCatalog catalog, Instant now)
      throws ConfigurationFaults {
    List<ConfigurationFault> faults = new ArrayList<>();
    for (CertificateProfile profile : catalog.all()) {
      insert(handle, profile, now);
      fault(handle, profile).ifPresent(faults::add);
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationFaults(faults);
    }
  }

  private static void insert(Handle handle, CertificateProfile profile, Instant now) {
    handle
        .createUpdate(
            """
            insert into profile_version (name, version, digest, text, first_seen)
            values (:name, :version, :digest, :text, :now)
            on conflict do nothing
            """)
        .bind("name", profile.name().value())
        .bind("version", profile.version())
        .bind("digest", digest(profile))
        .bind("text", profile.text())
        .bind("now", now)
        .execute();
  }

  /** Asked of the database after the insert, so that two nodes that start at once agree. */
  private static Optional<ConfigurationFault> fault(Handle handle, CertificateProfile profile) {
    boolean same =
        handle
            .createQuery(
                """
                select digest = :digest from profile_version
                where name = :name and version = :version
                """)
            .bind("digest", digest(profile))
            .bind("name", profile.name().value())
            .bind("version", profile.version())
            .mapTo(Boolean.class)
            .one();
    int newest =
        handle
            .createQuery("select max(version) from profile_version where name = :name")
            .bind("name", profile.name().value())
            .mapTo(Integer.class)
            .one();
    if (!same) {
      return Optional.of(
          fault(
              profile,
              "version %d had another text here".formatted(profile.version()),
              "Write version: %d; certificates say which version made them."
                  .formatted(newest + 1)));
    }
    if (newest > profile.version()) {
      return Optional.of(
          fault(
              profile,
              "version %d was here already".formatted(newest),
              "Write version: %d, also where an older text comes back.".formatted(newest + 1)));
    }
    return Optional.empty();
  }

  private static ConfigurationFault fault(
      CertificateProfile profile, String message, String remedy) {
    return new ConfigurationFault(profile.name() + ".yaml", 0, "version", message, remedy);
  }

  private static byte[] digest(CertificateProfile profile) {
    return Bytes.of(profile.text().getBytes(StandardCharsets.UTF_8)).sha256().toArray();
  }

  @Override
  public int versionAt(ProfileName name, Instant time) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(max(version), 0) from profile_version
                    where name = :name and first_seen <= :time
                    """)
                .bind("name", name.value())
                .bind("time", time)
                .mapTo(Integer.class)
                .one());
  }
}
