package de.kreissiegel.ra.ceremony.paper;

import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;

/** Where a figure stands on its page (ISO 32000-1 §14.8.5.4.3), and what a header cell heads. */
final class FigureBox {
  private FigureBox() {}

  static void put(PDStructureElement figure, float x, float y, float side) {
    var box = new COSArray();
    for (float edge : new float[] {x, y, x + side, y + side}) {
      box.add(new COSFloat(edge));
    }
    var layout = new COSDictionary();
    layout.setName(COSName.O, "Layout");
    layout.setName("Placement", "Block");
    layout.setItem(COSName.BBOX, box);
    figure.getCOSObject().setItem(COSName.A, layout);
  }

  static void scope(PDStructureElement header, String scope) {
    var table = new COSDictionary();
    table.setName(COSName.O, "Table");
    table.setName("Scope", scope);
    header.getCOSObject().setItem(COSName.A, table);
  }
}
