package de.kreissiegel.ra.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registration officer at work: looks for somebody, opens what they found, and reads. */
final class PageLoadOfficer {
  private static final List<String> GIVEN =
      List.of("anna", "jörg", "käthe", "björn", "maximilian", "günter", "jürgen", "ayşe");
  private static final List<String> SURNAMES =
      List.of("mül", "schnei", "kaufmann", "hofmeister", "brand", "lö", "kräm", "zimmer", "fuchs");
  private static final Pattern CERTIFICATE =
      Pattern.compile("href=\"(/certificates/[a-z0-9-]+/([0-9a-f]+))\"");

  private final HttpClient client;
  private final String pages;
  private final String cookies;
  private final Random random;
  private final List<String> found = new ArrayList<>();
  private String serial = "4a";

  /**
   * One who is logged in.
   *
   * @param pages the address of the counter, without a slash
   * @param cookies as a browser sends them
   */
  PageLoadOfficer(HttpClient client, String pages, String cookies, long seed) {
    this.client = client;
    this.pages = pages;
    this.cookies = cookies;
    this.random = new Random(seed);
  }

  /**
   * A page that was asked for.
   *
   * @param millis until its last octet was there
   * @param good whether it was the page, and not a refusal or the log-in
   */
  record Visit(String kind, double millis, boolean good) {}

  private record Address(String kind, String path) {}

  /** Asks for pages until then, reading each for a while. */
  List<Visit> workUntil(long end, Duration reading) throws IOException, InterruptedException {
    List<Visit> visits = new ArrayList<>();
    pause(random.nextDouble() * reading.toNanos(), end);
    while (System.nanoTime() < end) {
      visits.add(visit(next()));
      // As people come: exponentially distributed.
      pause(-Math.log(1 - random.nextDouble()) * reading.toNanos(), end);
    }
    return visits;
  }

  private static void pause(double nanos, long end) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) Math.min(nanos, Math.max(0, end - System.nanoTime())));
  }

  private Address next() {
    int draw = random.nextInt(100);
    if (draw < 35) {
      return search("search by name", pick(GIVEN) + " " + pick(SURNAMES));
    }
    if (draw < 45) {
      return search("search by surname", pick(SURNAMES));
    }
    if (draw < 55) {
      return search("search by serial", serial);
    }
    if (draw < 65) {
      return new Address("list, filtered", "/certificates?state=REVOKED");
    }
    if (draw < 80 && !found.isEmpty()) {
      return new Address("certificate", pick(found));
    }
    if (draw < 90) {
      return new Address("inbox", "/inbox");
    }
    return draw < 95 ? new Address("expiry", "/expiry") : new Address("home", "/");
  }

  private static Address search(String kind, String text) {
    return new Address(
        kind, "/certificates?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Visit visit(Address address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(pages + address.path()))
            .header("Cookie", cookies)
            .header("Accept", "text/html")
            .timeout(Duration.ofSeconds(30))
            .build();
    long began = System.nanoTime();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      double millis = (System.nanoTime() - began) / 1e6;
      if (address.path().startsWith("/certificates?")) {
        remember(answer.body());
      }
      return new Visit(address.kind(), millis, answer.statusCode() == 200);
    } catch (HttpTimeoutException late) {
      return new Visit(address.kind(), (System.nanoTime() - began) / 1e6, false);
    }
  }

  private void remember(String page) {
    Matcher links = CERTIFICATE.matcher(page);
    while (links.find() && found.size() < 200) {
      found.add(links.group(1));
      serial = links.group(2);
    }
  }
}
