package de.kreissiegel.ra.setup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** A browser without JavaScript, with cookies of its own; follows no redirect by itself. */
final class SetupBrowser {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final HttpClient client;
  private final String base;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  @Nullable X509Certificate presented;
  private String lastSetCookie = "";

  SetupBrowser(int port) throws Exception {
    base = "https://localhost:" + port;
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anything()}, null);
    client =
        HttpClient.newBuilder().sslContext(context).connectTimeout(Duration.ofSeconds(10)).build();
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
  }

  /** Fills the form of a page in, leaves the rest as it stands there, and sends it. */
  HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
    Map<String, String> all = fields(get(path).body());
    all.putAll(fields);
    return plainPost(path, all);
  }

  /** What stands in the inputs of a page. */
  static Map<String, String> fields(String page) {
    var fields = new LinkedHashMap<String, String>();
    Matcher inputs = Pattern.compile("<input([^>]*)>").matcher(page);
    while (inputs.find()) {
      if (!inputs.group(1).contains("type=\"file\"")) {
        attribute(inputs.group(1), "name")
            .ifPresent(name -> fields.put(name, attribute(inputs.group(1), "value").orElse("")));
      }
    }
    Matcher areas = Pattern.compile("(?s)<textarea([^>]*)>(.*?)</textarea>").matcher(page);
    while (areas.find()) {
      String text = HtmlUtils.htmlUnescape(areas.group(2));
      attribute(areas.group(1), "name").ifPresent(name -> fields.put(name, text));
    }
    Matcher selects = Pattern.compile("(?s)<select([^>]*)>(.*?)</select>").matcher(page);
    while (selects.find()) {
      Matcher chosen = Pattern.compile("<option([^>]*selected[^>]*)>").matcher(selects.group(2));
      Matcher first = Pattern.compile("<option([^>]*)>").matcher(selects.group(2));
      String option = chosen.find() ? chosen.group(1) : first.find() ? first.group(1) : "";
      attribute(selects.group(1), "name")
          .ifPresent(name -> fields.put(name, attribute(option, "value").orElse("")));
    }
    return fields;
  }

  private static Optional<String> attribute(String element, String name) {
    Matcher found = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(element);
    return found.find() ? Optional.of(HtmlUtils.htmlUnescape(found.group(1))) : Optional.empty();
  }

  /** Sends as it is. */
  HttpResponse<String> plainPost(String path, Map<String, String> fields) throws Exception {
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** The same with one file. */
  HttpResponse<String> upload(String path, Map<String, String> fields, String file, byte[] content)
      throws Exception {
    Map<String, String> all = fields(get(path).body());
    all.putAll(fields);
    String boundary = "-----------------------------17";
    var body = new ByteArrayOutputStream();
    for (var field : all.entrySet()) {
      part(body, boundary, "form-data; name=\"" + field.getKey() + "\"");
      body.writeBytes((field.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    part(body, boundary, "form-data; name=\"" + file + "\"; filename=\"officer.csr\"");
    body.writeBytes(content);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static void part(ByteArrayOutputStream body, String boundary, String disposition) {
    body.writeBytes(
        ("--" + boundary + "\r\nContent-Disposition: " + disposition + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  String token(String path) throws Exception {
    Matcher found = CSRF.matcher(get(path).body());
    if (!found.find()) {
      throw new AssertionError("no form at " + path);
    }
    return found.group(1);
  }

  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  /** What the server said of the cookie that it set last. */
  String lastSetCookie() {
    return lastSetCookie;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer =
        client.send(
            request.timeout(Duration.ofMinutes(2)).build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8));
    for (String set : answer.headers().allValues("Set-Cookie")) {
      lastSetCookie = set;
      String pair = set.split(";")[0];
      cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return answer;
  }

  /** The path that an answer leads to. */
  static String to(HttpResponse<String> answer) {
    String location = answer.headers().firstValue("Location").orElse("");
    return location.replaceFirst("https://localhost:\\d+", "").replaceFirst(";.*", "");
  }

  /** Nobody vouches for the wizard's certificate; what was shown is noted. */
  private final class Anything extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      presented = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      presented = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      presented = chain[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
