package de.kreissiegel.ra.ceremony.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;

/** A table whose rows stay whole; its head is repeated on each page. */
public final class Table {
  private static final float SIZE = 8.2f;
  private static final float LEADING = 10.8f;
  private static final float GAP = 7;

  private final PaperWriter paper;
  private final float[] widths;
  private final Style[] styles;
  private final PDStructureElement table;

  /**
   * Begins one.
   *
   * @param shares of the line's width, one for each column
   * @param styles of each column's cells
   */
  public Table(PaperWriter paper, float[] shares, Style... styles) {
    this.paper = paper;
    this.styles = styles.clone();
    float sum = 0;
    for (float share : shares) {
      sum += share;
    }
    widths = new float[shares.length];
    for (int i = 0; i < shares.length; i++) {
      widths[i] = shares[i] / sum * PaperWriter.WIDTH;
    }
    table = paper.element("Table");
  }

  /** Writes head and rows. */
  public void write(List<String> head, List<List<String>> rows) throws IOException {
    head(head, true);
    for (List<String> row : rows) {
      float before = paper.y();
      paper.need(height(row, styles) + 6);
      if (paper.y() > before) {
        head(head, false);
      }
      row(row, styles, "TD");
      paper.rule(PaperWriter.LEFT, paper.y() - 2.5f, PaperWriter.WIDTH, 0.25f);
      paper.space(3);
    }
    paper.space(3);
  }

  private void head(List<String> head, boolean first) throws IOException {
    Style[] strong = new Style[head.size()];
    java.util.Arrays.fill(strong, Style.STRONG);
    paper.need(height(head, strong) + 3 * LEADING);
    if (first) {
      row(head, strong, "TH");
    } else {
      repeated(head);
    }
    paper.rule(PaperWriter.LEFT, paper.y() - 3, PaperWriter.WIDTH, 0.8f);
    paper.space(4);
  }

  /** The head on later pages is the same element's content again. */
  private void repeated(List<String> head) throws IOException {
    float top = paper.y();
    float x = PaperWriter.LEFT;
    for (int i = 0; i < head.size(); i++) {
      paper.decorate(head.get(i), Style.STRONG, SIZE, x, top - LEADING);
      x += widths[i];
    }
    paper.moveTo(top - LEADING);
  }

  private void row(List<String> cells, Style[] look, String type) throws IOException {
    PDStructureElement row = paper.element("TR", table);
    float top = paper.y();
    float x = PaperWriter.LEFT;
    float lowest = top;
    for (int i = 0; i < cells.size(); i++) {
      PDStructureElement cell = paper.element(type, row);
      if (type.equals("TH")) {
        FigureBox.scope(cell, "Column");
      }
      float y = top;
      for (String line : lines(cells.get(i), look[i], widths[i])) {
        y -= LEADING;
        paper.show(cell, line, look[i], size(look[i]), x, y);
      }
      lowest = Math.min(lowest, y);
      x += widths[i];
    }
    paper.moveTo(lowest);
  }

  private float height(List<String> cells, Style[] look) throws IOException {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      counts.add(lines(cells.get(i), look[i], widths[i]).size());
    }
    return LEADING * counts.stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  private List<String> lines(String cell, Style style, float width) throws IOException {
    return paper.typeface().lines(cell, style, size(style), width - GAP);
  }

  private static float size(Style style) {
    return style == Style.MONO ? SIZE - 1.2f : SIZE;
  }
}
