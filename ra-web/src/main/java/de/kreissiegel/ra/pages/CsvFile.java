package de.kreissiegel.ra.pages;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A table that office programs open as it is: UTF-8 with a mark, semicolons, RFC 4180's quotes.
 * What a spreadsheet would take for a formula is taken for text.
 */
public final class CsvFile {
  private static final String MARK = "\uFEFF";
  private static final String BEGINS_A_FORMULA = "=+-@\t\r";

  private CsvFile() {}

  /**
   * The file as an answer.
   *
   * @param name what it is saved as
   */
  public static ResponseEntity<byte[]> of(
      String name, List<String> header, List<List<String>> rows) {
    var out = new StringWriter();
    out.write(MARK);
    var format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(';')
            .setHeader(header.toArray(String[]::new))
            .get();
    try (var printer = format.print(out)) {
      for (List<String> row : rows) {
        printer.printRecord(row.stream().map(CsvFile::text));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String value) {
    return !value.isEmpty() && BEGINS_A_FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }
}
