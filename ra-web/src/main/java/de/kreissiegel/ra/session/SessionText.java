package de.kreissiegel.ra.session;

import static java.util.stream.Collectors.toUnmodifiableMap;

import de.kreissiegel.ra.security.LastCheck;
import de.kreissiegel.ra.security.StaffPrincipal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.FlashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a session holds, as JSON. Which kinds of values there are is a closed list: who is logged
 * in, the CSRF token, what a page wants to say after a redirect, texts, numbers, lists and maps,
 * and the records that are {@link Keepable}. A name in a stored text chooses among these and leads
 * to no other class.
 *
 * <p>A text, number or truth stands for itself, a list of values for a list; all else is an object
 * with one member that says what it is, as {@code {"csrf": "…"}}.
 */
final class SessionText {
  private static final String LOGIN = "login";
  private static final String CSRF = "csrf";
  private static final String FLASH = "flash";
  private static final String MAP = "map";
  private static final Keepable CHECK = new Keepable("check", LastCheck.class);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** As {@code HttpSessionCsrfTokenRepository} names them by itself. */
  private static final String CSRF_HEADER = "X-CSRF-TOKEN";

  private static final String CSRF_PARAMETER = "_csrf";

  private final JsonMapper mapper = RecordMapper.make();
  private final Map<String, Class<? extends Record>> types;
  private final Map<Class<? extends Record>, String> names;

  SessionText(Collection<Keepable> keepables) {
    var all = Stream.concat(Stream.of(CHECK), keepables.stream()).toList();
    types = all.stream().collect(toUnmodifiableMap(Keepable::name, Keepable::type));
    names = all.stream().collect(toUnmodifiableMap(Keepable::type, Keepable::name));
  }

  /**
   * @throws IllegalStateException if there is a value that can't be kept: a bug of who put it there
   */
  byte[] write(Map<String, Object> attributes) {
    return mapper.writeValueAsBytes(members(attributes));
  }

  /**
   * @throws IllegalArgumentException if it isn't what {@link #write} writes
   */
  Map<String, Object> read(byte[] text) {
    try {
      return values(mapper.readTree(text));
    } catch (JacksonException | ClassCastException | NullPointerException unreadable) {
      throw new IllegalArgumentException("not a session's content", unreadable);
    }
  }

  private ObjectNode members(Map<?, ?> values) {
    ObjectNode node = NODES.objectNode();
    values.forEach((name, value) -> node.set((String) name, node(value)));
    return node;
  }

  private Map<String, Object> values(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("no members, but " + node.getNodeType());
    }
    var values = new LinkedHashMap<String, Object>();
    node.properties().forEach(member -> values.put(member.getKey(), value(member.getValue())));
    return values;
  }

  private JsonNode node(Object value) {
    return switch (value) {
      case String text -> NODES.stringNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Integer number -> NODES.numberNode(number.longValue());
      case Long number -> NODES.numberNode(number);
      case CsrfToken token -> tagged(CSRF, NODES.stringNode(token.getToken()));
      case SecurityContext context -> tagged(LOGIN, mapper.valueToTree(principal(context)));
      case FlashMap flash -> tagged(FLASH, flash(flash));
      case Map<?, ?> map -> tagged(MAP, members(map));
      case List<?> list -> {
        var array = NODES.arrayNode();
        list.forEach(one -> array.add(node(one)));
        yield array;
      }
      case Record known when names.containsKey(known.getClass()) ->
          tagged(names.get(known.getClass()), mapper.valueToTree(known));
      default -> throw new IllegalStateException("can't be kept in a session: " + value.getClass());
    };
  }

  private static JsonNode tagged(String kind, JsonNode content) {
    return NODES.objectNode().set(kind, content);
  }

  private static StaffPrincipal principal(SecurityContext context) {
    var authentication = context.getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof StaffPrincipal one) {
      return one;
    }
    throw new IllegalStateException("a session is of somebody who has logged in here");
  }

  private JsonNode flash(FlashMap flash) {
    ObjectNode node = NODES.objectNode();
    String path = flash.getTargetRequestPath();
    if (path != null) {
      node.put("path", path);
    }
    node.set("parameters", node(Map.copyOf(flash.getTargetRequestParams())));
    node.put("until", flash.getExpirationTime());
    node.set("attributes", node(Map.copyOf(flash)));
    return node;
  }

  private Object value(JsonNode node) {
    if (node.isString()) {
      return node.stringValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isIntegralNumber()) {
      return node.longValue();
    } else if (node.isArray()) {
      var list = new ArrayList<Object>();
      node.forEach(one -> list.add(value(one)));
      return list;
    } else if (node.isObject() && node.size() == 1) {
      Map.Entry<String, JsonNode> only = node.properties().iterator().next();
      return value(only.getKey(), only.getValue());
    }
    throw new IllegalArgumentException("no value of a session");
  }

  private Object value(String kind, JsonNode content) {
    return switch (kind) {
      case LOGIN ->
          new SecurityContextImpl(
              mapper.treeToValue(content, StaffPrincipal.class).authentication());
      case CSRF -> new DefaultCsrfToken(CSRF_HEADER, CSRF_PARAMETER, content.stringValue());
      case FLASH -> flash(content);
      case MAP -> values(content);
      default -> {
        Class<? extends Record> type = types.get(kind);
        if (type == null) {
          throw new IllegalArgumentException("no kind of value: " + kind);
        }
        yield mapper.treeToValue(content, type);
      }
    };
  }

  private FlashMap flash(JsonNode node) {
    var flash = new FlashMap();
    if (node.has("path")) {
      flash.setTargetRequestPath(node.get("path").stringValue());
    }
    var parameters = new LinkedMultiValueMap<String, String>();
    values(node.get("parameters").get(MAP))
        .forEach(
            (name, those) -> ((List<?>) those).forEach(one -> parameters.add(name, (String) one)));
    flash.addTargetRequestParams(parameters);
    flash.setExpirationTime(node.get("until").longValue());
    flash.putAll(values(node.get("attributes").get(MAP)));
    return flash;
  }
}
