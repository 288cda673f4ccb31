package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.registration.CertificateRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Orders in lists of requests: pages show the parts of an order as one. */
public final class Orders {
  private Orders() {}

  /** The requests in their order, the parts of an order together where the first of them stood. */
  public static List<List<CertificateRequest>> grouped(
      List<? extends CertificateRequest> requests) {
    Map<Object, List<CertificateRequest>> groups = new LinkedHashMap<>();
    for (CertificateRequest request : requests) {
      Object key =
          request.content().order().isPresent() ? request.content().order().get() : request.id();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(request);
    }
    return groups.values().stream().map(Orders::sorted).toList();
  }

  /** As they were ordered: the part that offers the order came first. */
  private static List<CertificateRequest> sorted(List<CertificateRequest> parts) {
    return parts.stream()
        .sorted(Comparator.comparing(part -> part.content().submittedAt()))
        .toList();
  }

  /** The part that has come least far: it tells how the whole stands. */
  public static CertificateRequest standing(List<CertificateRequest> parts) {
    return parts.stream().min(Comparator.comparing(Orders::distance)).orElseThrow();
  }

  private static int distance(CertificateRequest request) {
    return switch (request) {
      case CertificateRequest.Submitted _ -> 0;
      case CertificateRequest.AwaitingApproval _ -> 1;
      case CertificateRequest.Approved _ -> 2;
      case CertificateRequest.Refused _,
          CertificateRequest.Withdrawn _,
          CertificateRequest.Expired _ ->
          3;
      case CertificateRequest.Issued _ -> 4;
    };
  }
}
