package de.kreissiegel.ra.ceremony.paper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;

/** Files inside a PDF/A-3 (ISO 19005-3 §6.8). */
final class Attachments {
  private Attachments() {}

  static void add(
      PDDocument document,
      String name,
      String mediaType,
      String description,
      byte[] octets,
      Instant made)
      throws IOException {
    Calendar calendar = GregorianCalendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.setTimeInMillis(made.toEpochMilli());
    var embedded = new PDEmbeddedFile(document, new ByteArrayInputStream(octets));
    embedded.setSubtype(mediaType);
    embedded.setSize(octets.length);
    embedded.setCreationDate(calendar);
    embedded.setModDate(calendar);
    var file = new PDComplexFileSpecification();
    file.setFile(name);
    file.setFileUnicode(name);
    file.setFileDescription(description);
    file.setEmbeddedFile(embedded);
    file.setEmbeddedFileUnicode(embedded);
    file.getCOSObject().setName("AFRelationship", "Data");

    var catalog = document.getDocumentCatalog();
    var names = catalog.getNames();
    if (names == null) {
      names = new PDDocumentNameDictionary(catalog);
    }
    Map<String, PDComplexFileSpecification> files = new LinkedHashMap<>();
    if (names.getEmbeddedFiles() != null && names.getEmbeddedFiles().getNames() != null) {
      files.putAll(names.getEmbeddedFiles().getNames());
    }
    files.put(name, file);
    var tree = new PDEmbeddedFilesNameTreeNode();
    tree.setNames(files);
    names.setEmbeddedFiles(tree);
    catalog.setNames(names);

    COSName associated = COSName.getPDFName("AF");
    COSArray all = catalog.getCOSObject().getCOSArray(associated);
    if (all == null) {
      all = new COSArray();
      catalog.getCOSObject().setItem(associated, all);
    }
    all.add(file);
  }
}
