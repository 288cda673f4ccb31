package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFileTest {
  @Test
  void isWhatOfficeProgramsOpen() {
    assertThat(text(List.of("Königsberg", "1;2", "say \"so\"")))
        .isEqualTo("\uFEFFa;b;c\r\nKönigsberg;\"1;2\";\"say \"\"so\"\"\"\r\n");
  }

  @Test
  void makesNoFormulaOfWhatADirectorySays() {
    assertThat(text(List.of("=1+1", "@SUM(A1)", "-3")))
        .isEqualTo("\uFEFFa;b;c\r\n'=1+1;'@SUM(A1);'-3\r\n");
  }

  @Test
  void isSavedUnderItsName() {
    var file = CsvFile.of("costs.csv", List.of("a"), List.of());
    assertThat(file.getHeaders().getContentDisposition().getFilename()).isEqualTo("costs.csv");
    assertThat(file.getHeaders().getContentType()).hasToString("text/csv;charset=UTF-8");
  }

  private static String text(List<String> row) {
    byte[] body = CsvFile.of("x.csv", List.of("a", "b", "c"), List.of(row)).getBody();
    return new String(body, StandardCharsets.UTF_8);
  }
}
