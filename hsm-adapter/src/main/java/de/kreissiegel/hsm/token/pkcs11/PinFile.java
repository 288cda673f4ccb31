package de.kreissiegel.hsm.token.pkcs11;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file whose first line is a PIN. */
public final class PinFile {
  private static final int LONGEST = 4096;

  private PinFile() {}

  /**
   * The first line, without what ends it; the caller wipes it.
   *
   * @throws IOException if there is no such file, or no PIN in it
   */
  public static char[] read(Path file) throws IOException {
    if (Files.size(file) > LONGEST) {
      throw new IOException("the PIN file " + file + " is too long for one");
    }
    byte[] octets = Files.readAllBytes(file);
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
    Arrays.fill(octets, (byte) 0);
    int length = 0;
    while (length < text.length() && text.charAt(length) != '\n' && text.charAt(length) != '\r') {
      length++;
    }
    char[] pin = new char[length];
    text.get(pin);
    Arrays.fill(text.array(), '\0');
    if (length == 0) {
      throw new IOException("the PIN file " + file + " is empty");
    }
    return pin;
  }
}
