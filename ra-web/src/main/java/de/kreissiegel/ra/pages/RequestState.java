package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ra.pages.Mark.Tone;
import java.util.Locale;

/** How an application stands, as pages show it. */
public final class RequestState {
  private RequestState() {}

  /** Colour, shape and words of this state. */
  public static Mark mark(CertificateRequest request) {
    var tone =
        switch (request) {
          case CertificateRequest.AwaitingApproval waiting
              when waiting.waiting().question().isPresent() ->
              Tone.WARNING;
          case CertificateRequest.Submitted _,
              CertificateRequest.AwaitingApproval _,
              CertificateRequest.Approved _,
              CertificateRequest.Withdrawn _ ->
              Tone.INFO;
          case CertificateRequest.Issued _ -> Tone.SUCCESS;
          case CertificateRequest.Refused _ -> Tone.DANGER;
          case CertificateRequest.Expired _ -> Tone.WARNING;
        };
    return new Mark(tone, "request.state." + name(request));
  }

  /** The state's name in message keys, as {@code awaitingapproval}. */
  public static String name(CertificateRequest request) {
    return request instanceof CertificateRequest.AwaitingApproval waiting
            && waiting.waiting().question().isPresent()
        ? "asked"
        : request.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
