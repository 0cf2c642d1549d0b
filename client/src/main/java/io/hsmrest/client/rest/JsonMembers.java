package io.hsmrest.client.rest;

import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON object as names and texts, for showing and comparing what others wrote. */
public final class JsonMembers {
  private static final Set<String> NOT_SHOWN =
      Set.of("metaData", "metaDataSignature", "signedApprovals");

  private JsonMembers() {}

  /**
   * The members of a JSON object in UTF-8, in their order; those of objects inside with a dot
   * between, elements of lists with their number in brackets unless they are plain. Without members
   * that are null and without passwords.
   *
   * @return empty when it is no JSON object
   */
  public static Optional<Map<String, String>> read(Octets json) {
    try {
      return JsonMapping.read(json.toByteArray()) instanceof Map<?, ?> object
          ? Optional.of(flat(object))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Map<String, String> flat(Map<?, ?> object) {
    Map<String, String> members = new LinkedHashMap<>();
    add(members, "", object);
    return members;
  }

  private static void add(Map<String, String> members, String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      String prefix = name.isEmpty() ? "" : name + ".";
      object.forEach(
          (member, inner) -> {
            if (isShown(String.valueOf(member))) {
              add(members, prefix + member, inner);
            }
          });
    } else if (value instanceof List<?> list) {
      if (list.stream().noneMatch(e -> e instanceof Map || e instanceof List)) {
        members.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
      } else {
        for (int i = 0; i < list.size(); i++) {
          add(members, name + "[" + i + "]", list.get(i));
        }
      }
    } else if (value != null) {
      members.put(name, value.toString());
    }
  }

  private static boolean isShown(String member) {
    return !NOT_SHOWN.contains(member) && !member.toLowerCase(Locale.ROOT).contains("password");
  }
}
