package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.ca.settings.SettingsConsent;
import de.kreissiegel.ca.settings.SettingsSheet;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;

/** Asks a person at the terminal for their consent to a sheet, and keeps it. */
final class Consenting {
  private final PrintWriter out;
  private final Path key;
  private final Set<Bytes> entitled;
  private final ConsentFolder folder;
  private final BufferedReader answers =
      new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

  /**
   * @param key the person's key, PKCS#12
   * @param entitled SHA-256 of the keys of those who may consent
   */
  Consenting(PrintWriter out, Path key, Set<Bytes> entitled, ConsentFolder folder) {
    this.out = out;
    this.key = key;
    this.entitled = entitled;
    this.folder = folder;
  }

  /** Shows what is consented to. */
  @FunctionalInterface
  interface Showing {
    void show() throws IOException;
  }

  /**
   * Has the key's password typed, shows, asks, signs.
   *
   * @return how many have consented now
   * @throws LaunchFailure if the person doesn't, or may not
   */
  int ask(SettingsSheet sheet, Showing showing, String question)
      throws LaunchFailure, IOException, GeneralSecurityException {
    char[] password = password();
    try {
      OfficerFile file = OfficerFile.read(key, password);
      showing.show();
      out.print(question);
      out.flush();
      if (!line().equals("yes")) {
        throw new LaunchFailure("nothing was signed.");
      }
      SettingsConsent consent = SettingsConsent.to(sheet, file.key(), file.certificate());
      if (consent.giver(sheet).filter(entitled::contains).isEmpty()) {
        throw new LaunchFailure(key + " is the key of nobody who may consent.");
      }
      folder.keep(sheet, consent);
      return folder.givers(sheet, entitled).size();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private char[] password() throws LaunchFailure {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return line().toCharArray();
    }
    out.print("Password of " + key + ": ");
    out.flush();
    char[] typed = console.readPassword();
    if (typed == null) {
      throw new LaunchFailure("the input ended.");
    }
    return typed;
  }

  private String line() throws LaunchFailure {
    try {
      String line = answers.readLine();
      if (line != null) {
        return line.strip();
      }
    } catch (IOException _) {
      // Told below.
    }
    throw new LaunchFailure("the input ended.");
  }
}
