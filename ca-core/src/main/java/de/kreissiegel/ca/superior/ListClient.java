package de.kreissiegel.ca.superior;

import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an address for a list (RFC 9110): to its end within a time, reading no more than was said,
 * and following it to no other scheme.
 */
final class ListClient {
  private static final int MOST_REDIRECTS = 3;
  private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

  private final HttpClient client;
  private final long largest;
  private final Duration patience;

  ListClient(FetchSettings settings) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connect())
            .followRedirects(HttpClient.Redirect.NEVER);
    settings.proxy().ifPresent(proxy -> builder.proxy(ProxySelector.of(proxy)));
    this.client = builder.build();
    this.largest = settings.largest();
    this.patience = settings.answer();
  }

  /**
   * By what a server knows a list again (RFC 9110 §8.8).
   *
   * @param tag its ETag
   * @param modified its Last-Modified, as the server wrote it
   */
  record Validators(Optional<String> tag, Optional<String> modified) {
    private static Validators of(HttpHeaders headers) {
      return new Validators(headers.firstValue("ETag"), headers.firstValue("Last-Modified"));
    }
  }

  /** What came. */
  sealed interface Answer {
    /** It is the one that we have. */
    record Unchanged() implements Answer {}

    /**
     * Perhaps another.
     *
     * @param octets at most as many as were said
     * @param validators for the next time
     */
    record Content(byte[] octets, Validators validators) implements Answer {}
  }

  /**
   * Asks.
   *
   * @param known of the list that we have, if it came from there
   * @throws FetchFailed if there is no such answer
   */
  Answer get(URI address, Optional<Validators> known) throws FetchFailed {
    long end = System.nanoTime() + patience.toNanos();
    URI at = address;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<byte[]> response = ask(request(at, known), end);
      int status = response.statusCode();
      if (status == 200) {
        return new Answer.Content(response.body(), Validators.of(response.headers()));
      }
      if (status == 304 && known.isPresent()) {
        return new Answer.Unchanged();
      }
      if (!REDIRECTS.contains(status)) {
        throw new FetchFailed("answers with HTTP status " + status);
      }
      at = elsewhere(at, response.headers());
    }
    throw new FetchFailed("redirects more than %d times".formatted(MOST_REDIRECTS));
  }

  private static HttpRequest request(URI at, Optional<Validators> known) throws FetchFailed {
    try {
      var request =
          HttpRequest.newBuilder(at)
              .header("Accept", "application/pkix-crl, */*;q=0.5") // RFC 2585 §4.2
              .header("User-Agent", "Kreissiegel");
      known.flatMap(Validators::tag).ifPresent(tag -> request.header("If-None-Match", tag));
      known
          .flatMap(Validators::modified)
          .ifPresent(time -> request.header("If-Modified-Since", time));
      return request.GET().build();
    } catch (IllegalArgumentException wrong) {
      throw new FetchFailed("can't be asked");
    }
  }

  private HttpResponse<byte[]> ask(HttpRequest request, long end) throws FetchFailed {
    // Only a list is read; of what else comes nothing is kept.
    BodyHandler<byte[]> body =
        info ->
            info.statusCode() == 200
                ? BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest).apply(info)
                : BodyHandlers.replacing(new byte[0]).apply(info);
    CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, body);
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new FetchFailed("gives no whole answer within %d s".formatted(patience.toSeconds()));
    } catch (ExecutionException failure) {
      throw new FetchFailed(words(Objects.requireNonNullElse(failure.getCause(), failure)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FetchFailed("was not waited for");
    } finally {
      answer.cancel(true); // which closes the connection of one that hangs
    }
  }

  private String words(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("capacity")) {
      return "answers with more than %d octets".formatted(largest);
    }
    return switch (failure) {
      case HttpConnectTimeoutException _ -> "can't be connected to in time";
      case ConnectException _ -> "can't be connected to";
      default -> "broke off (" + failure.getClass().getSimpleName() + ")";
    };
  }

  private static URI elsewhere(URI from, HttpHeaders headers) throws FetchFailed {
    String location = headers.firstValue("Location").orElse("").strip();
    if (location.isEmpty()) {
      throw new FetchFailed("redirects to what is no address");
    }
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException none) {
      throw new FetchFailed("redirects to what is no address");
    }
    if (!FetchSettings.isWeb(to) || !from.getScheme().equalsIgnoreCase(to.getScheme())) {
      throw new FetchFailed("redirects to another scheme, which is not followed");
    }
    return to;
  }
}
