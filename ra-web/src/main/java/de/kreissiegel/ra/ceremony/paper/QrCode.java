package de.kreissiegel.ra.ceremony.paper;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** Text as a QR code (ISO/IEC 18004), which survives a fold and a coffee stain: level Q. */
final class QrCode {
  private QrCode() {}

  static boolean[][] of(String text) {
    try {
      ByteMatrix matrix = Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix();
      boolean[][] dark = new boolean[matrix.getHeight()][matrix.getWidth()];
      for (int row = 0; row < dark.length; row++) {
        for (int column = 0; column < dark.length; column++) {
          dark[row][column] = matrix.get(column, row) == 1;
        }
      }
      return dark;
    } catch (WriterException tooLong) {
      throw new IllegalArgumentException("too long for a code", tooLong);
    }
  }
}
