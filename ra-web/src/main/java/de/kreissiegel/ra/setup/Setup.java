package de.kreissiegel.ra.setup;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The front door: a wizard that runs until somebody ends it. The console says where it is, by which
 * certificate, and the code that opens it.
 */
public final class Setup implements AutoCloseable {
  private final SetupFolder folder;
  private final ConfigurableApplicationContext context;
  private final CountDownLatch finished;

  private Setup(
      SetupFolder folder, ConfigurableApplicationContext context, CountDownLatch finished) {
    this.folder = folder;
    this.context = context;
    this.finished = finished;
  }

  /** Ends the process once the last page is out. */
  record End(CountDownLatch latch) {
    void come() {
      latch.countDown();
    }
  }

  /**
   * Starts one.
   *
   * @param console gets the code, which nobody else does
   * @throws SetupRefused if the data directory is no place for an installation
   */
  public static Setup start(
      SetupSettings settings, SetupConsole console, Clock clock, SecureRandom random)
      throws SetupRefused {
    SetupFolder folder = SetupFolder.open(settings.data());
    try {
      RunCertificate certificate = RunCertificate.make(settings.listen(), clock.instant(), random);
      OneTimeCode.Made code = OneTimeCode.make(clock, random);
      var finished = new CountDownLatch(1);
      var application = new SpringApplication(SetupApplication.class);
      application.setBannerMode(Banner.Mode.OFF);
      application.setLogStartupInfo(false);
      application.setRegisterShutdownHook(false);
      application.addInitializers(
          context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(Clock.class, () -> clock);
            beans.registerBean(SecureRandom.class, () -> random);
            beans.registerBean(
                SetupFolder.class, () -> folder, definition -> definition.setDestroyMethodName(""));
            beans.registerBean(SetupSettings.class, () -> settings);
            beans.registerBean(SetupConsole.class, () -> console);
            beans.registerBean(RunCertificate.class, () -> certificate);
            beans.registerBean(OneTimeCode.class, code::code);
            beans.registerBean(End.class, () -> new End(finished));
          });
      ConfigurableApplicationContext context =
          application.run(
              "--spring.config.location=classpath:/kreissiegel-setup.yaml",
              "--server.address=" + settings.listen().getHostAddress(),
              "--server.port=" + settings.port());
      var setup = new Setup(folder, context, finished);
      setup.tell(console, settings, certificate, code);
      return setup;
    } catch (IOException | GeneralSecurityException | RuntimeException failure) {
      try {
        folder.close();
      } catch (IOException _) {
        // The process ends, and with it the lock.
      }
      throw new SetupRefused("the wizard can't be started: " + innermost(failure), failure);
    }
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private void tell(
      SetupConsole console,
      SetupSettings settings,
      RunCertificate certificate,
      OneTimeCode.Made code)
      throws GeneralSecurityException {
    String host =
        settings.listen().isLoopbackAddress() || settings.listen().isAnyLocalAddress()
            ? "localhost"
            : settings.listen().getHostAddress();
    console.say("Open this address in a browser:");
    console.say("  https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    console.say("The browser will warn of the certificate, which was made for this run alone.");
    console.say("Look at it there, and go on only if its SHA-256 fingerprint is");
    console.say("  " + certificate.fingerprint());
    console.say("The page asks for this code. It is good once, within 30 minutes:");
    console.say("  " + code.words());
    console.say("setup ready");
  }

  /** The port that was taken. */
  public int port() {
    return Integer.parseInt(
        String.valueOf(context.getEnvironment().getProperty("local.server.port")));
  }

  /** Waits until somebody ends it on its last page. */
  public void await() throws InterruptedException {
    finished.await();
  }

  @Override
  public void close() throws IOException {
    context.close();
    folder.close();
  }
}
