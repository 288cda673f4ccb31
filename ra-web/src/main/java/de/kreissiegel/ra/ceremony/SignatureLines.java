package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ra.ceremony.paper.PaperWriter;
import de.kreissiegel.ra.ceremony.paper.Style;
import java.io.IOException;
import java.util.List;

/** Lines to sign on, two beside each other. */
final class SignatureLines {
  private static final float GAP = 28;
  private static final float TALL = 52;

  private SignatureLines() {}

  static void draw(PaperWriter paper, List<String> under, Words words) throws IOException {
    float wide = (PaperWriter.WIDTH - GAP) / 2;
    for (int i = 0; i < under.size(); i += 2) {
      paper.need(TALL);
      float y = paper.y() - 14;
      for (int column = 0; column < 2 && i + column < under.size(); column++) {
        float x = PaperWriter.LEFT + column * (wide + GAP);
        paper.rule(x, y, wide, 0.7f);
        paper.at(under.get(i + column), Style.TEXT, 8.5f, x, y - 11);
        paper.at(words.say("signature.place"), Style.TEXT, 6.8f, x, y - 20);
      }
      paper.moveTo(y - TALL + 14);
    }
  }
}
