package de.kreissiegel.ra.pages.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ui.ExtendedModelMap;

/** A key that the server makes is made once, however often somebody clicks. */
class ServerKeysTest {
  private static final TenantId TENANT = new TenantId("stadt-a.example");
  private static final ProfileName SMIME = new ProfileName("smime");

  private final Actor.Person anna =
      new Actor.Person(
          new SubjectId("anna"),
          "Anna",
          "anna",
          Set.of(TENANT),
          Set.of(),
          Set.of(),
          Set.of(),
          Proof.PASSWORD);
  private final List<CertificateRequest> own = new CopyOnWriteArrayList<>();
  private final MadeKeyDesk desk = mock(MadeKeyDesk.class);
  private final RegistrationDesk registration = mock(RegistrationDesk.class);
  private final ServerKeys keys = new ServerKeys(desk, registration);

  @BeforeEach
  void open() throws Exception {
    when(desk.make(any(), any(), any()))
        .thenReturn(new MadeKeyDesk.Made(Bytes.of(new byte[1]), "aaaaa-bbbbb"));
    when(registration.own(anna)).thenAnswer(_ -> List.copyOf(own));
    when(registration.submit(any(), any()))
        .thenAnswer(
            call -> {
              var request = waiting(call.getArgument(1));
              own.add(request);
              return request;
            });
  }

  @Test
  void makesOneKeyForManyClicksAtOnce() throws Exception {
    Callable<String> click =
        () -> {
          try {
            return keys.submit(anna, application(SMIME), new ExtendedModelMap());
          } catch (Refused refused) {
            return refused.reason().name();
          }
        };
    try (var clicks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> answers =
          clicks.invokeAll(Stream.generate(() -> click).limit(8).toList()).stream()
              .map(
                  answer -> {
                    try {
                      return answer.get();
                    } catch (Exception broken) {
                      throw new IllegalStateException(broken);
                    }
                  })
              .toList();
      assertThat(answers).containsOnlyOnce("request-made");
      assertThat(answers).filteredOn(RefusalReason.DUPLICATE.name()::equals).hasSize(7);
    }
    verify(desk, times(1)).make(any(), any(), any());
  }

  @Test
  void makesAnotherKeyForAnotherKindAndOnceTheFirstIsSettled() throws Exception {
    keys.submit(anna, application(SMIME), new ExtendedModelMap());
    keys.submit(anna, application(new ProfileName("function-mailbox")), new ExtendedModelMap());
    own.clear();
    keys.submit(anna, application(SMIME), new ExtendedModelMap());
    verify(desk, times(3)).make(any(), any(), any());
  }

  private static CertificateRequest waiting(CertificateApplication application) {
    var request = mock(CertificateRequest.AwaitingApproval.class, RETURNS_DEEP_STUBS);
    when(request.id()).thenReturn(new RequestId(UUID.randomUUID()));
    when(request.content().profile()).thenReturn(application.profile());
    when(request.content().tenant()).thenReturn(application.tenant());
    when(request.content().subject().id()).thenReturn(application.subject());
    return request;
  }

  private CertificateApplication application(ProfileName profile) {
    return new CertificateApplication(anna.id(), TENANT, profile, Bytes.of(new byte[0]), "");
  }
}
