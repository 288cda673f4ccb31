package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.disclosure.DisclosureBook;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code person-report}. */
@Command(
    name = "person-report",
    description =
        "All there is about one person (Art. 15 GDPR), and who read it. That it was asked for is"
            + " written into the audit trail.",
    mixinStandardHelpOptions = true)
final class PersonReportCommand implements Callable<Integer> {
  private static final String CHAIN = "disclosure";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private Person person;

  @Option(names = "--format", paramLabel = "FORMAT", description = "de (the default), en, or json.")
  private PersonReportText.Format format = PersonReportText.Format.de;

  /** Who. */
  static final class Person {
    @Option(
        names = "--subject",
        paramLabel = "ID",
        required = true,
        description = "The directory's id of the person.")
    private Optional<String> subject = Optional.empty();

    @Option(
        names = "--mail",
        paramLabel = "ADDRESS",
        required = true,
        description = "A mail address that stands in a certificate or an application.")
    private Optional<String> mail = Optional.empty();
  }

  @Override
  public Integer call() throws LaunchFailure {
    try {
      List<PersonReport> reports = which.database().asOwner(this::reports);
      spec.commandLine().getOut().print(PersonReportText.of(reports, format));
      spec.commandLine().getOut().flush();
      return reports.isEmpty() ? 1 : 0;
    } catch (IOException | JdbiException unreadable) {
      throw new LaunchFailure(
          "the report can't be made: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private List<PersonReport> reports(DataSource source) {
    Books books = Books.of(source, CHAIN, Clock.systemUTC(), new SecureRandom());
    DisclosureBook book = books.disclosure();
    Set<SubjectId> people =
        person
            .subject
            .map(id -> Set.of(new SubjectId(id)))
            .or(() -> person.mail.map(book::subjectsOf))
            .orElseThrow();
    List<PersonReport> reports =
        people.stream().map(book::about).filter(report -> !report.isEmpty()).toList();
    for (PersonReport report : reports) {
      books
          .transactions()
          .<Boolean, RuntimeException>inTransaction(
              transaction -> {
                books
                    .audit()
                    .append(
                        transaction,
                        new Actor.Component(CHAIN),
                        "person.report",
                        Optional.empty(),
                        "person:" + report.person().value(),
                        "");
                return true;
              });
    }
    return reports;
  }
}
