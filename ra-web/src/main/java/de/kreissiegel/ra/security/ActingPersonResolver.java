package de.kreissiegel.ra.security;

import de.kreissiegel.ca.access.Actor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller who acts: {@code Actor.Person}, or {@code Optional<Actor.Person>} where nobody
 * needs to be logged in.
 */
final class ActingPersonResolver implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.nestedIfOptional().getNestedParameterType() == Actor.Person.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    var person = current();
    if (parameter.getParameterType() == Optional.class) {
      return person;
    }
    return person.orElseThrow(
        () -> new AuthenticationCredentialsNotFoundException("nobody is logged in"));
  }

  private static Optional<Actor.Person> current() {
    return StaffPrincipal.current().map(StaffPrincipal::person);
  }
}
