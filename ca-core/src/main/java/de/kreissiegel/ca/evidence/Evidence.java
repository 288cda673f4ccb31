package de.kreissiegel.ca.evidence;

import java.io.IOException;
import java.io.OutputStream;

/** Evidence that may leave: the trail knows of it already. */
public final class Evidence {
  private final EvidenceQuery query;
  private final Content content;

  /** Writes it. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  Evidence(EvidenceQuery query, Content content) {
    this.query = query;
    this.content = content;
  }

  /** What the file is called. */
  public String fileName() {
    return query.fileName();
  }

  /**
   * Writes the ZIP file as it is read, and leaves the stream open. That it was written to the end
   * is told in the trail, with the digest of its manifest.
   *
   * @throws IOException if the stream takes no more; the file is of no use then
   */
  public void writeTo(OutputStream out) throws IOException {
    content.to(out);
  }
}
