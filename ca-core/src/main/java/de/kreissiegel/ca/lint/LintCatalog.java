package de.kreissiegel.ca.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All lints, in the order in which they are asked. */
public final class LintCatalog {
  private static final List<Lint> ALL =
      Stream.of(
              FieldLints.all(),
              NameLints.all(),
              ExtensionLints.all(),
              AlternativeNameLints.all(),
              UsageLints.all(),
              StatusLints.all(),
              SmimeLints.all(),
              BsiLints.all(),
              BsiKeyLints.all(),
              AdministrationLints.all(),
              PrivacyLints.all(),
              EidasLints.all(),
              HouseLints.all(),
              EcKeyLints.all(),
              RsaKeyLints.all(),
              KnownKeyLints.all())
          .flatMap(List::stream)
          .toList();

  private LintCatalog() {}

  /** All of them. */
  public static List<Lint> all() {
    return ALL;
  }

  /** The one of this id. */
  public static Optional<Lint> find(String id) {
    return ALL.stream().filter(lint -> lint.id().equals(id)).findFirst();
  }
}
