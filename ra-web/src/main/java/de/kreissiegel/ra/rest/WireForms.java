package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.Place;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.encoding.CertificateFiles;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How the authority's words stand in addresses: parameters are of our types, or it is a 400. */
@Configuration(proxyBeanMethods = false)
class WireForms implements WebMvcConfigurer {
  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(Actor.Person.class)
        .replaceWithSchema(TenantId.class, new StringSchema())
        .replaceWithSchema(ProfileName.class, new StringSchema())
        .replaceWithSchema(AuthorityName.class, new StringSchema())
        .replaceWithSchema(SerialNumber.class, new StringSchema().pattern("[0-9a-f]{1,40}"))
        .replaceWithSchema(SubjectId.class, new StringSchema())
        .replaceWithSchema(Place.class, new StringSchema())
        .replaceWithSchema(RequestId.class, (StringSchema) new StringSchema().format("uuid"))
        .replaceWithSchema(CertificateQuery.State.class, words(CertificateQuery.State.values()))
        .replaceWithSchema(RequestScope.class, words(RequestScope.values()))
        .replaceWithSchema(CertificateScope.class, words(CertificateScope.values()))
        .replaceWithSchema(CertificateFiles.Format.class, words(CertificateFiles.Format.values()));
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    add(registry, TenantId.class, TenantId::new);
    add(registry, ProfileName.class, ProfileName::new);
    add(registry, AuthorityName.class, AuthorityName::new);
    add(registry, SerialNumber.class, SerialNumber::fromHex);
    add(registry, RequestId.class, RequestId::of);
    add(registry, SubjectId.class, SubjectId::new);
    add(registry, Place.class, Place::of);
    addWords(registry, CertificateQuery.State.class, CertificateQuery.State.values());
    addWords(registry, RequestScope.class, RequestScope.values());
    addWords(registry, CertificateScope.class, CertificateScope.values());
    addWords(registry, CertificateFiles.Format.class, CertificateFiles.Format.values());
  }

  /** A constant as it stands in JSON and addresses: {@code ON_HOLD} is {@code onHold}. */
  static String word(Enum<?> constant) {
    var parts = constant.name().split("_", -1);
    var word = new StringBuilder(parts[0].toLowerCase(Locale.ROOT));
    Stream.of(parts)
        .skip(1)
        .forEach(
            part -> word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT)));
    return word.toString();
  }

  private static <T> void add(
      FormatterRegistry registry, Class<T> type, Function<String, T> reading) {
    registry.addConverter(String.class, type, new Reading<>(reading));
  }

  private static <T extends Enum<T>> void addWords(
      FormatterRegistry registry, Class<T> type, T[] constants) {
    add(
        registry,
        type,
        text ->
            Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of ours: " + text)));
  }

  private static StringSchema words(Enum<?>[] constants) {
    var schema = new StringSchema();
    Arrays.stream(constants).map(WireForms::word).forEach(schema::addEnumItem);
    return schema;
  }

  /** Reads a parameter; an empty one is none. */
  private record Reading<T>(Function<String, T> reading) implements Converter<String, T> {
    // Spring takes null for "none" here; NullAway doesn't see that in its type parameter.
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable T convert(String text) {
      return text.isEmpty() ? null : reading.apply(text);
    }
  }
}
