package de.kreissiegel.ldap.demo;

import de.kreissiegel.ldap.sample.SampleDistrict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The demo's directory as a process: {@code --directory DIR --port N [--exit-with-stdin]}. Says
 * {@code directory ready} on its standard output, and ends with SIGTERM or, if asked to, when its
 * standard input ends. A start that fails is one sentence on standard error and exit code 1, a
 * wrong argument exit code 2.
 */
public final class DemoDirectoryProcess {
  private static final String USAGE = "usage: --directory DIR --port N [--exit-with-stdin]";

  private DemoDirectoryProcess() {}

  /** Runs until it is told to end. */
  public static void main(String[] arguments) throws InterruptedException {
    List<String> given = List.of(arguments);
    int folder = given.indexOf("--directory") + 1;
    int port = given.indexOf("--port") + 1;
    boolean withStdin = given.contains("--exit-with-stdin");
    boolean complete = given.size() == (withStdin ? 5 : 4);
    if (folder == 0 || port == 0 || !complete || !given.get(port).matches("\\d{1,5}")) {
      fail(2, USAGE);
      return;
    }
    var end = new CountDownLatch(1);
    try {
      run(Path.of(given.get(folder)), Integer.parseInt(given.get(port)), withStdin, end);
    } catch (IOException | IllegalArgumentException e) {
      fail(1, "The directory doesn't start: " + e.getMessage());
    }
  }

  private static void run(Path folder, int port, boolean withStdin, CountDownLatch end)
      throws IOException, InterruptedException {
    try (DemoDirectory directory = DemoDirectory.open(folder, port, new SecureRandom())) {
      Files.writeString(folder.resolve("README.txt"), howToReach(directory));
      Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
      if (withStdin) {
        Thread.ofPlatform().daemon().start(() -> awaitEnd(System.in, end));
      }
      System.out.println("directory ready");
      System.out.flush();
      end.await();
    }
  }

  private static void awaitEnd(InputStream input, CountDownLatch end) {
    try {
      while (input.read() >= 0) {
        // What is said there doesn't matter, only that it ends.
      }
    } catch (IOException e) {
      // Just as ended.
    }
    end.countDown();
  }

  private static String howToReach(DemoDirectory directory) {
    return """
        The demo's directory: %s, base %s
        Administrator: %s
        Its password, and those of the others: passwords.properties in this folder.

        ldapsearch -x -H %s -D %s -W -b %s '(uid=%s)'
        """
        .formatted(
            directory.address(),
            SampleDistrict.BASE_DN,
            SampleDistrict.ADMINISTRATOR_DN,
            directory.address(),
            SampleDistrict.ADMINISTRATOR_DN,
            SampleDistrict.BASE_DN,
            SampleDistrict.cast().applicant().login());
  }

  private static void fail(int code, String sentence) {
    System.err.println(sentence);
    System.exit(code);
  }
}
