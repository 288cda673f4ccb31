package de.kreissiegel.ra.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** What a person types. */
final class Typed {
  private Typed() {}

  /** The next line of the input; empty if it has ended. */
  static String line() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return line == null ? "" : line.strip();
    } catch (IOException ended) {
      return "";
    }
  }
}
