package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What our signatures aren't, no page, letter or text calls them (Art. 3(12) of Regulation (EU) No
 * 910/2014, §126a BGB).
 */
class NoBigWordsTest {
  private static final List<Path> WORDS =
      List.of(
          Path.of("src/main/resources"),
          Path.of("frontend/src"),
          Path.of("../ca-core/src/main/resources/de/kreissiegel/ca/terms"),
          Path.of("../ca-core/src/main/resources/de/kreissiegel/ca/profiles"));

  @Test
  void noTextForPeopleCallsASignatureOrCertificateQualified() throws IOException {
    var texts = texts();

    assertThat(texts).hasSizeGreaterThan(50);
    for (Path text : texts) {
      assertThat(Files.readString(text).toLowerCase(Locale.ROOT))
          .as(text.toString())
          .doesNotContain("qualifizier", "qualified");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages.properties", "messages_en.properties"})
  void eachKindOfSignatureSaysThatItIsNotTheElectronicFormOfTheLaw(String file) throws IOException {
    var words = Files.readString(Path.of("src/main/resources", file));

    for (SignatureKind kind : SignatureKind.values()) {
      assertThat(words.lines().filter(line -> line.startsWith("signature." + kind + ".is-not=")))
          .as("%s in %s", kind, file)
          .singleElement()
          .asString()
          .contains("§ 126a BGB");
    }
  }

  private static List<Path> texts() throws IOException {
    var texts = Stream.<Path>builder();
    for (Path folder : WORDS) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> file.toString().matches(".*\\.(html|properties|yaml|ts|txt)"))
            .forEach(texts);
      }
    }
    return texts.build().toList();
  }
}
