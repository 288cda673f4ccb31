package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.terms.Acceptance;
import de.kreissiegel.ca.terms.Terms;
import de.kreissiegel.ca.terms.TermsBook;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ca.terms.TermsName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Terms and their acceptances in PostgreSQL. */
public final class JdbcTermsBook implements TermsBook {
  private final Jdbi jdbi;

  public JdbcTermsBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void keep(TermsCatalog catalog, Instant now) throws ConfigurationFaults {
    jdbi.<ConfigurationFaults>useTransaction(
        handle -> {
          List<ConfigurationFault> faults = new ArrayList<>();
          for (Terms terms : catalog.all()) {
            insert(handle, terms, now);
            fault(handle, terms).ifPresent(faults::add);
          }
          if (!faults.isEmpty()) {
            throw new ConfigurationFaults(faults);
          }
        });
  }

  private static void insert(Handle handle, Terms terms, Instant now) {
    handle
        .createUpdate(
            """
            insert into terms_version
              (name, version, digest, title_de, text_de, title_en, text_en, first_seen)
            values (:name, :version, :digest, :titleDe, :textDe, :titleEn, :textEn, :now)
            on conflict do nothing
            """)
        .bind("name", terms.name().value())
        .bind("version", terms.version())
        .bind("digest", terms.digest().toArray())
        .bind("titleDe", terms.german().title())
        .bind("textDe", terms.german().text())
        .bind("titleEn", terms.english().title())
        .bind("textEn", terms.english().text())
        .bind("now", now)
        .execute();
  }

  /** Asked of the database after the insert, so that two nodes that start at once agree. */
  private static Optional<ConfigurationFault> fault(Handle handle, Terms terms) {
    boolean same =
        handle
            .createQuery(
                """
                select digest = :digest from terms_version
                where name = :name and version = :version
                """)
            .bind("digest", terms.digest().toArray())
            .bind("name", terms.name().value())
            .bind("version", terms.version())
            .mapTo(Boolean.class)
            .one();
    int newest =
        handle
            .createQuery("select max(version) from terms_version where name = :name")
            .bind("name", terms.name().value())
            .mapTo(Integer.class)
            .one();
    return same && newest == terms.version()
        ? Optional.empty()
        : Optional.of(
            new ConfigurationFault(
                TermsCatalog.FILE,
                0,
                terms.name() + ".version",
                same
                    ? "version %d was here already".formatted(newest)
                    : "version %d had other words here".formatted(terms.version()),
                "Write version: %d; people accepted the words of a version."
                    .formatted(newest + 1)));
  }

  @Override
  public Optional<Terms> find(TermsName name, int version) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from terms_version where name = :name and version = :version")
                .bind("name", name.value())
                .bind("version", version)
                .map(
                    (row, _) ->
                        new Terms(
                            new TermsName(row.getString("name")),
                            row.getInt("version"),
                            new Terms.Wording(row.getString("title_de"), row.getString("text_de")),
                            new Terms.Wording(row.getString("title_en"), row.getString("text_en"))))
                .findOne());
  }

  @Override
  public void accept(Transaction transaction, Acceptance acceptance) {
    handleOf(transaction)
        .execute(
            """
            insert into terms_acceptance (person, name, version, digest, accepted_at)
            values (?, ?, ?, ?, ?) on conflict do nothing
            """,
            acceptance.person().value(),
            acceptance.name().value(),
            acceptance.version(),
            acceptance.digest().toArray(),
            acceptance.at());
  }

  @Override
  public List<Acceptance> of(SubjectId person, Instant until) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from terms_acceptance where person = :person and accepted_at <= :until
                    order by accepted_at desc, name, version desc
                    """)
                .bind("person", person.value())
                .bind("until", until)
                .map(
                    (row, _) ->
                        new Acceptance(
                            new SubjectId(row.getString("person")),
                            new TermsName(row.getString("name")),
                            row.getInt("version"),
                            Bytes.of(row.getBytes("digest")),
                            row.getObject("accepted_at", OffsetDateTime.class).toInstant()))
                .list());
  }
}
