package de.kreissiegel.ra.ceremony.paper;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** The fonts that go into a document, and how long a text is in them. */
final class Typeface {
  private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";

  private final PDFont text;
  private final PDFont strong;
  private final PDFont mono;

  Typeface(PDDocument document) throws IOException {
    text = load(document, "DejaVuSansCondensed");
    strong = load(document, "DejaVuSansCondensed-Bold");
    mono = load(document, "DejaVuSansMono");
  }

  PDFont of(Style style) {
    return switch (style) {
      case TEXT -> text;
      case STRONG -> strong;
      case MONO -> mono;
    };
  }

  float width(String line, Style style, float size) throws IOException {
    return of(style).getStringWidth(line) / 1000 * size;
  }

  /** What these fonts can show; a letter that they lack becomes a question mark. */
  String showable(String raw, Style style) {
    StringBuilder shown = new StringBuilder();
    raw.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .forEach(c -> shown.append(has(c, style) ? Character.toString(c) : "?"));
    return shown.toString();
  }

  private boolean has(int character, Style style) {
    try {
      return of(style).encode(Character.toString(character)).length > 0;
    } catch (IllegalArgumentException | IOException _) {
      return false;
    }
  }

  /** Breaks a text into lines: between words, and within a word that is longer than a line. */
  List<String> lines(String raw, Style style, float size, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String paragraph : raw.split("\n", -1)) {
      String line = "";
      for (String word : showable(paragraph, style).split(" ")) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (width(longer, style, size) <= width) {
          line = longer;
          continue;
        }
        if (!line.isEmpty()) {
          lines.add(line);
        }
        line = word;
        while (width(line, style, size) > width) {
          int fits = fitting(line, style, size, width);
          lines.add(line.substring(0, fits));
          line = line.substring(fits);
        }
      }
      lines.add(line);
    }
    return lines;
  }

  private int fitting(String word, Style style, float size, float width) throws IOException {
    int fits = 1;
    while (width(word.substring(0, fits + 1), style, size) <= width) {
      fits++;
    }
    return fits;
  }

  private static PDFont load(PDDocument document, String name) throws IOException {
    try (InputStream font = Typeface.class.getResourceAsStream(FOLDER + name + ".ttf")) {
      if (font == null) {
        throw new FileNotFoundException("the font " + name + " is missing from the software");
      }
      return PDType0Font.load(document, font, true);
    }
  }
}
