package de.kreissiegel.ra.session;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.security.Credential;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes records by their components and nothing else. Where a component's type has several forms,
 * these are named here; no text names a class.
 */
final class RecordMapper {
  private RecordMapper() {}

  static JsonMapper make() {
    var module = new SimpleModule();
    module.addSerializer(Bytes.class, new BytesWriter());
    module.addDeserializer(Bytes.class, new BytesReader());
    return JsonMapper.builder()
        .addModule(module)
        .addMixIn(Credential.class, Credentials.class)
        .changeDefaultVisibility(
            shown ->
                shown
                    .withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                    .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                    .withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .build();
  }

  /** By what somebody has logged in. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Credential.Password.class, name = "password"),
    @JsonSubTypes.Type(value = Credential.Certificate.class, name = "certificate"),
    @JsonSubTypes.Type(value = Credential.Passkey.class, name = "passkey"),
    @JsonSubTypes.Type(value = Credential.OpenId.class, name = "openid"),
    @JsonSubTypes.Type(value = Credential.Emergency.class, name = "emergency")
  })
  private interface Credentials {}

  private static final class BytesWriter extends StdSerializer<Bytes> {
    BytesWriter() {
      super(Bytes.class);
    }

    @Override
    public void serialize(Bytes value, JsonGenerator out, SerializationContext context) {
      out.writeBinary(value.toArray());
    }
  }

  private static final class BytesReader extends StdDeserializer<Bytes> {
    BytesReader() {
      super(Bytes.class);
    }

    @Override
    public Bytes deserialize(JsonParser in, DeserializationContext context) {
      return Bytes.of(in.getBinaryValue());
    }
  }
}
