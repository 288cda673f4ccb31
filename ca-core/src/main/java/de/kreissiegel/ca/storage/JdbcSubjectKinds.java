package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.lifecycle.SubjectKinds;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectKind;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What the stored requests tell of their subjects' kinds. */
public final class JdbcSubjectKinds implements SubjectKinds {
  private final Jdbi jdbi;

  public JdbcSubjectKinds(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<SubjectKind> ofRequest(RequestId request) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select subject_kind from request where id = :id")
                .bind("id", request.value())
                .mapTo(String.class)
                .map(SubjectKind::valueOf)
                .findOne());
  }
}
