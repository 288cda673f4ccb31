package de.kreissiegel.ra.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * How the provider is asked: to its end in seconds, without following it elsewhere, and reading no
 * more than an answer of its kind can have.
 */
final class OpenIdHttp {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int LARGEST = 256 * 1024;

  private final JdkClientHttpRequestFactory requests;

  OpenIdHttp(Optional<SSLContext> trust) {
    var client =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    trust.ifPresent(client::sslContext);
    requests = new JdkClientHttpRequestFactory(client.build());
    requests.setReadTimeout(ANSWER);
  }

  /** For its configuration and keys. */
  RestTemplate documents() {
    var template = new RestTemplate(requests);
    template.setInterceptors(List.of(new Bounded()));
    return template;
  }

  /** For its token endpoint. */
  RestClient tokens() {
    return RestClient.builder()
        .requestFactory(requests)
        .requestInterceptor(new Bounded())
        .configureMessageConverters(
            converters ->
                converters
                    .addCustomConverter(new FormHttpMessageConverter())
                    .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
        .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
        .build();
  }

  /** Reads an answer's body, up to a limit. */
  private static final class Bounded implements ClientHttpRequestInterceptor {
    @Override
    public ClientHttpResponse intercept(
        HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
      ClientHttpResponse response = execution.execute(request, body);
      byte[] octets = response.getBody().readNBytes(LARGEST + 1);
      if (octets.length > LARGEST) {
        response.close();
        throw new IllegalStateException("the provider says more than 256 KiB");
      }
      return new Read(response, octets);
    }
  }

  /** An answer that was read. */
  private record Read(ClientHttpResponse response, byte[] octets) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() throws IOException {
      return response.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
      return response.getStatusText();
    }

    @Override
    public void close() {
      response.close();
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(octets);
    }

    @Override
    public HttpHeaders getHeaders() {
      return response.getHeaders();
    }
  }
}
