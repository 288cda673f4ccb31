package de.kreissiegel.ra.pages;

import de.kreissiegel.ra.encoding.CertificateFiles;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A file that the browser saves. */
public final class Download {
  private Download() {}

  /** This file, under its own name. */
  public static ResponseEntity<byte[]> of(CertificateFiles.File file) {
    var disposition = ContentDisposition.attachment().filename(file.name()).build();
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(file.mediaType()))
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
        .body(file.content().toArray());
  }
}
