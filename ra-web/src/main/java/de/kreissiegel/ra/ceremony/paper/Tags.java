package de.kreissiegel.ra.ceremony.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;

/** The structure of a tagged PDF (ISO 32000-1 §14.7): which content is which element's. */
final class Tags {
  private final PDStructureTreeRoot root = new PDStructureTreeRoot();
  private final PDStructureElement document;
  private final List<COSArray> parents = new ArrayList<>();

  Tags(PDDocument paper) {
    document = new PDStructureElement("Document", root);
    root.appendKid(document);
    paper.getDocumentCatalog().setStructureTreeRoot(root);
  }

  /** To be called for each page, in order. */
  void begin(PDPage page) {
    page.setStructParents(parents.size());
    page.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
    parents.add(new COSArray());
  }

  PDStructureElement element(String type) {
    return element(type, document);
  }

  PDStructureElement element(String type, PDStructureElement above) {
    var element = new PDStructureElement(type, above);
    above.appendKid(element);
    return element;
  }

  /** What is drawn belongs to that element. */
  void mark(PDPageContentStream content, PDPage page, PDStructureElement element, Drawing drawing)
      throws IOException {
    COSArray marks = parents.get(page.getStructParents());
    int number = marks.size();
    marks.add(element.getCOSObject());
    var reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("MCR"));
    reference.setItem(COSName.PG, page);
    reference.setInt(COSName.MCID, number);
    append(element.getCOSObject(), reference);
    var properties = new COSDictionary();
    properties.setInt(COSName.MCID, number);
    content.beginMarkedContent(
        COSName.getPDFName(element.getStructureType()), PDPropertyList.create(properties));
    drawing.draw();
    content.endMarkedContent();
  }

  /** What is drawn is decoration: lines, headers, page numbers. */
  static void decoration(PDPageContentStream content, Drawing drawing) throws IOException {
    content.beginMarkedContent(COSName.ARTIFACT);
    drawing.draw();
    content.endMarkedContent();
  }

  /** Writes the way back from content to elements. */
  void end() {
    var numbers = new COSArray();
    for (int page = 0; page < parents.size(); page++) {
      numbers.add(COSInteger.get(page));
      numbers.add(parents.get(page));
    }
    var tree = new COSDictionary();
    tree.setItem(COSName.NUMS, numbers);
    root.getCOSObject().setItem(COSName.PARENT_TREE, tree);
    root.setParentTreeNextKey(parents.size());
  }

  private static void append(COSDictionary element, COSDictionary kid) {
    switch (element.getDictionaryObject(COSName.K)) {
      case COSArray kids -> kids.add(kid);
      case null -> element.setItem(COSName.K, kid);
      case COSDictionary only -> {
        var kids = new COSArray();
        kids.add(only);
        kids.add(kid);
        element.setItem(COSName.K, kids);
      }
      default -> throw new IllegalStateException("no kids of ours");
    }
  }

  /** Draws something. */
  @FunctionalInterface
  interface Drawing {
    void draw() throws IOException;
  }
}
