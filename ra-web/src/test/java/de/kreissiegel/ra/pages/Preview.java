package de.kreissiegel.ra.pages;

import de.kreissiegel.ra.RaApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Shows the pages in a browser, without signer, database and directory: run it and open
 * http://localhost:8099, as {@code agross} (staff), {@code jmueller} (officer), {@code voechsner}
 * (officer elsewhere) or {@code sschaefer} (auditor), each with the password {@code preview}; into
 * an office leads {@code /login/certificate?as=jmueller}.
 */
final class Preview {
  private Preview() {}

  public static void main(String[] arguments) {
    start(8099);
  }

  /** Starts it on this port of the loopback, on a free one if it is 0. */
  static ConfigurableApplicationContext start(int port) {
    return new SpringApplicationBuilder(RaApplication.class, SampleWiring.class)
        .run(
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--management.server.port=-1",
            // Plain HTTP: no Secure cookie, hence not the name that insists on it.
            "--server.servlet.session.cookie.name=session",
            "--server.servlet.session.cookie.secure=false",
            "--kreissiegel.accessibility.mail=barrierefreiheit@landkreis.example",
            "--kreissiegel.accessibility.phone=09521 27-0",
            "--kreissiegel.demo=true",
            "--kreissiegel.district=Landkreis Haßberge");
  }
}
