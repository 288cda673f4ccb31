package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/lints.md} is the catalog. */
class LintsPageTest {
  private static final String HEAD = "| Lint | Severity | Rule | Source |";

  @Test
  void showsEachLintAsItIs() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "lints.md"));
    int head = lines.indexOf(HEAD);
    assertThat(head).isPositive();
    List<String> table =
        lines.subList(head + 2, lines.size()).stream()
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(table).containsExactlyElementsOf(rows());
  }

  /** Prints the table anew. */
  public static void main(String[] arguments) {
    rows().forEach(System.out::println);
  }

  private static List<String> rows() {
    return LintCatalog.all().stream()
        .map(
            lint ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        lint.id(),
                        lint.severity().name().toLowerCase(Locale.ROOT),
                        lint.sentence(Locale.ENGLISH),
                        lint.source()))
        .toList();
  }
}
