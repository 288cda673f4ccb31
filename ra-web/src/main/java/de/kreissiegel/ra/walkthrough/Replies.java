package de.kreissiegel.ra.walkthrough;

import java.net.http.HttpResponse;

/** Turns the HTTP client's responses into {@link Reply}s. */
final class Replies {
  private Replies() {}

  static Reply of(String question, HttpResponse<byte[]> response) {
    var headers = response.headers();
    return new Reply(
        question,
        response.statusCode(),
        headers.firstValue("Content-Type").orElse(""),
        headers.firstValue("Location"),
        response.body());
  }
}
