package de.kreissiegel.ra.pages.bulk;

import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.bulk.BulkEntry;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Reads a list: UTF-8, with semicolons or commas, a first line with names of columns. What makes
 * the file unreadable refuses all of it; what is wrong in a row is that row's fault alone.
 */
final class ListFile {
  private static final String MARK = "\uFEFF";
  private static final Map<String, String> COLUMNS =
      Map.of(
          "who",
          "who",
          "wer",
          "who",
          "tenant",
          "tenant",
          "verwaltung",
          "tenant",
          "csr",
          "csr",
          "antrag",
          "csr");

  private ListFile() {}

  /**
   * Its rows.
   *
   * @throws Refused BAD_DATA_FORMAT with the line and what is wrong
   */
  static List<BulkEntry> read(byte[] content) throws Refused {
    String text = text(content);
    String first = text.lines().findFirst().orElse("");
    var format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(first.indexOf(';') >= 0 ? ';' : ',')
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setAllowMissingColumnNames(false)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    try (var parser = CSVParser.parse(new StringReader(text), format)) {
      return rows(parser, columns(parser));
    } catch (IOException | UncheckedIOException | IllegalArgumentException unreadable) {
      throw refused("not a list: " + unreadable.getMessage());
    }
  }

  private static String text(byte[] content) throws Refused {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException broken) {
      throw refused("not UTF-8");
    }
  }

  /** Where each column of ours is. */
  private static Map<String, Integer> columns(CSVParser parser) throws Refused {
    Map<String, Integer> found = new HashMap<>();
    for (var column : parser.getHeaderMap().entrySet()) {
      String ours = COLUMNS.get(column.getKey().strip().toLowerCase(Locale.ROOT));
      if (ours == null || found.putIfAbsent(ours, column.getValue()) != null) {
        throw refused("line 1: no such column, or twice: " + column.getKey());
      }
    }
    if (!found.containsKey("who")) {
      throw refused("line 1: the column 'who' is missing");
    }
    return found;
  }

  private static List<BulkEntry> rows(CSVParser parser, Map<String, Integer> columns)
      throws Refused {
    var entries = new ArrayList<BulkEntry>();
    for (CSVRecord record : parser) {
      if (entries.size() == BulkDesk.MOST_ROWS) {
        throw refused("more than " + BulkDesk.MOST_ROWS + " rows");
      }
      entries.add(entry(record, columns));
    }
    return entries;
  }

  private static BulkEntry entry(CSVRecord record, Map<String, Integer> columns) {
    String who = value(record, columns, "who");
    String tenant = value(record, columns, "tenant").toLowerCase(Locale.ROOT);
    if (!record.isConsistent()) {
      return faulty(who, "the row has " + record.size() + " fields");
    }
    if (who.isBlank() || who.length() > BulkEntry.LONGEST || hasControls(who)) {
      return faulty(who, "'who' has 1 to " + BulkEntry.LONGEST + " characters");
    }
    if (tenant.length() > BulkEntry.LONGEST || hasControls(tenant)) {
      return faulty(who, "'tenant' is not the id of an administration");
    }
    String csr = value(record, columns, "csr");
    if (csr.isEmpty()) {
      return new BulkEntry(who, tenant, Optional.empty(), "");
    }
    try {
      Bytes der = Pem.certificationRequest(csr);
      return new BulkEntry(who, tenant, Optional.of(der), "");
    } catch (Refused refused) {
      return faulty(who, refused.refusal().detail());
    }
  }

  private static BulkEntry faulty(String who, String fault) {
    String shown = who.replaceAll("\\p{Cntrl}", " ");
    return new BulkEntry(
        shown.substring(0, Math.min(BulkEntry.LONGEST, shown.length())),
        "",
        Optional.empty(),
        fault);
  }

  private static String value(CSVRecord record, Map<String, Integer> columns, String name) {
    Integer at = columns.get(name);
    return at == null || at >= record.size() ? "" : record.get(at);
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static Refused refused(String why) {
    return new Refused(RefusalReason.BAD_DATA_FORMAT, why);
  }
}
