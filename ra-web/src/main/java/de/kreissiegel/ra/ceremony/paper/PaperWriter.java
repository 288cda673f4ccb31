package de.kreissiegel.ra.ceremony.paper;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.util.Matrix;

/** Writes a document from top to bottom; lengths are in points (1/72 inch). */
public final class PaperWriter implements AutoCloseable {
  public static final float LEFT = 68;
  public static final float WIDTH = PDRectangle.A4.getWidth() - LEFT - 54;
  public static final float TOP = PDRectangle.A4.getHeight() - 78;
  private static final float BOTTOM = 70;
  private static final float LEADING = 1.38f;
  private static final Color FAINT = new Color(236, 236, 236);
  private static final Color GREY = new Color(90, 90, 90);

  private final PDDocument document = new PDDocument();
  private final Typeface typeface;
  private final Tags tags;
  private final Frame frame;
  private final List<PDPage> pages = new ArrayList<>();
  private PDPage page;
  private PDPageContentStream content;
  private float y;

  /**
   * What stands on each page.
   *
   * @param title the document's title
   * @param running the line at the top of each page
   * @param pageOf as {@code Seite {0} von {1}}
   * @param stamp large and faint across each page; empty for none
   */
  public record Frame(
      String title, String running, String pageOf, String stamp, Locale language, Instant made) {}

  /** Begins a document, which is closed after {@link #finish}. */
  public PaperWriter(Frame frame) throws IOException {
    this.frame = frame;
    Metadata.put(document, frame.title(), frame.language(), frame.made());
    typeface = new Typeface(document);
    tags = new Tags(document);
    page = new PDPage(PDRectangle.A4);
    content = begin(page);
  }

  Typeface typeface() {
    return typeface;
  }

  /** How far from the bottom the pen is. */
  public float y() {
    return y;
  }

  /** Sets the pen. */
  public void moveTo(float height) {
    y = height;
  }

  /** Leaves room. */
  public void space(float points) {
    y -= points;
  }

  /** Goes on to the next page unless so much room is left on this one. */
  public void need(float points) throws IOException {
    if (y - points < BOTTOM) {
      newPage();
    }
  }

  /** Goes on to the next page. */
  public void newPage() throws IOException {
    content.close();
    page = new PDPage(PDRectangle.A4);
    content = begin(page);
  }

  /** The document's title. */
  public void title(String text) throws IOException {
    block(tags.element("H1"), text, Style.STRONG, 18, 1.2f);
    space(4);
  }

  /** A section's heading, with some room above. */
  public void heading(String text) throws IOException {
    space(13);
    need(60);
    block(tags.element("H2"), text, Style.STRONG, 11.5f, LEADING);
    space(3);
  }

  /** Text, broken into lines. */
  public void paragraph(String text) throws IOException {
    block(tags.element("P"), text, Style.TEXT, 9.5f, LEADING);
    space(4);
  }

  /** Text in letters of a style. */
  public void line(String text, Style style, float size) throws IOException {
    block(tags.element("P"), text, style, size, LEADING);
  }

  private void block(
      PDStructureElement element, String text, Style style, float size, float leading)
      throws IOException {
    for (String line : typeface.lines(text, style, size, WIDTH)) {
      need(size * leading);
      y -= size * leading;
      show(element, line, style, size, LEFT, y);
    }
  }

  /** One line anywhere on the page. */
  void show(PDStructureElement element, String text, Style style, float size, float x, float height)
      throws IOException {
    tags.mark(content, page, element, () -> draw(content, text, style, size, x, height));
  }

  PDStructureElement element(String type) {
    return tags.element(type);
  }

  PDStructureElement element(String type, PDStructureElement above) {
    return tags.element(type, above);
  }

  /** One line anywhere on the page, a paragraph of its own. */
  public void at(String text, Style style, float size, float x, float height) throws IOException {
    show(tags.element("P"), text, style, size, x, height);
  }

  /** A text that is there already and is only shown again. */
  void decorate(String text, Style style, float size, float x, float height) throws IOException {
    Tags.decoration(content, () -> draw(content, text, style, size, x, height));
  }

  /** How wide a text is. */
  public float width(String text, Style style, float size) throws IOException {
    return typeface.width(typeface.showable(text, style), style, size);
  }

  /** A thin line that means nothing to who hears the document. */
  public void rule(float x, float height, float width, float thickness) throws IOException {
    Tags.decoration(
        content,
        () -> {
          content.setLineWidth(thickness);
          content.setStrokingColor(Color.BLACK);
          content.moveTo(x, height);
          content.lineTo(x + width, height);
          content.stroke();
        });
  }

  /** A line of dashes, to fold along. */
  public void dashes(float height) throws IOException {
    Tags.decoration(
        content,
        () -> {
          content.setLineWidth(0.6f);
          content.setLineDashPattern(new float[] {3, 5}, 0);
          content.moveTo(0, height);
          content.lineTo(PDRectangle.A4.getWidth(), height);
          content.stroke();
          content.setLineDashPattern(new float[] {}, 0);
        });
  }

  /** A grey field behind what is written next. */
  public void shade(float x, float height, float width, float tall) throws IOException {
    Tags.decoration(
        content,
        () -> {
          content.setNonStrokingColor(new Color(240, 240, 240));
          content.addRect(x, height, width, tall);
          content.fill();
          content.setNonStrokingColor(Color.BLACK);
        });
  }

  /** A QR code; who can't see it hears the alternative. */
  public void code(String text, float x, float height, float side, String alternative)
      throws IOException {
    PDStructureElement figure = tags.element("Figure");
    figure.setAlternateDescription(alternative);
    boolean[][] dark = QrCode.of(text);
    FigureBox.put(figure, x, height, side);
    tags.mark(
        content,
        page,
        figure,
        () -> {
          float module = side / dark.length;
          content.setNonStrokingColor(Color.BLACK);
          for (int row = 0; row < dark.length; row++) {
            for (int column = 0; column < dark.length; column++) {
              if (dark[row][column]) {
                content.addRect(
                    x + column * module, height + side - (row + 1) * module, module, module);
              }
            }
          }
          content.fill();
        });
  }

  /** Puts a file into the document (ISO 19005-3 §6.8). */
  public void attach(String name, String mediaType, String description, byte[] octets)
      throws IOException {
    Attachments.add(document, name, mediaType, description, octets, frame.made());
  }

  /** The document as a file. */
  public byte[] finish() throws IOException {
    content.close();
    for (int i = 0; i < pages.size(); i++) {
      frame(pages.get(i), i + 1);
    }
    tags.end();
    var file = new ByteArrayOutputStream();
    document.save(file);
    return file.toByteArray();
  }

  private PDPageContentStream begin(PDPage fresh) throws IOException {
    document.addPage(fresh);
    pages.add(fresh);
    tags.begin(fresh);
    y = TOP;
    var stream = new PDPageContentStream(document, fresh, AppendMode.APPEND, true);
    if (!frame.stamp().isEmpty()) {
      Tags.decoration(stream, () -> stamp(stream));
    }
    return stream;
  }

  private void stamp(PDPageContentStream stream) throws IOException {
    stream.beginText();
    stream.setNonStrokingColor(FAINT);
    stream.setFont(typeface.of(Style.STRONG), 84);
    float half = typeface.width(frame.stamp(), Style.STRONG, 84) / 2;
    var turned = Matrix.getRotateInstance(Math.toRadians(52), 0, 0);
    stream.setTextMatrix(
        new Matrix(
            turned.getScaleX(),
            turned.getShearY(),
            turned.getShearX(),
            turned.getScaleY(),
            PDRectangle.A4.getWidth() / 2 - half * 0.62f + 28,
            PDRectangle.A4.getHeight() / 2 - half * 0.79f));
    stream.showText(frame.stamp());
    stream.endText();
    stream.setNonStrokingColor(Color.BLACK);
  }

  private void frame(PDPage framed, int number) throws IOException {
    String pageOf =
        frame
            .pageOf()
            .replace("{0}", String.valueOf(number))
            .replace("{1}", String.valueOf(pages.size()));
    try (var stream = new PDPageContentStream(document, framed, AppendMode.APPEND, true, true)) {
      Tags.decoration(
          stream,
          () -> {
            stream.setNonStrokingColor(GREY);
            float head = PDRectangle.A4.getHeight() - 42;
            draw(stream, frame.running(), Style.TEXT, 8, LEFT, head);
            float wide = typeface.width(pageOf, Style.TEXT, 8);
            draw(stream, pageOf, Style.TEXT, 8, LEFT + WIDTH - wide, 38);
            if (!frame.stamp().isEmpty()) {
              wide = typeface.width(frame.stamp(), Style.STRONG, 8);
              draw(stream, frame.stamp(), Style.STRONG, 8, LEFT + WIDTH - wide, head);
            }
            stream.setLineWidth(0.4f);
            stream.setStrokingColor(GREY);
            stream.moveTo(LEFT, head - 6);
            stream.lineTo(LEFT + WIDTH, head - 6);
            stream.stroke();
          });
    }
  }

  private void draw(
      PDPageContentStream stream, String text, Style style, float size, float x, float height)
      throws IOException {
    stream.beginText();
    stream.setFont(typeface.of(style), size);
    stream.newLineAtOffset(x, height);
    stream.showText(typeface.showable(text, style));
    stream.endText();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
