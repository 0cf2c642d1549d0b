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
   * @return empty when it is no JSON object, and when it {@link #isAmbiguous says something twice}
   */
  public static Optional<Map<String, String>> read(Octets json) {
    try {
      if (JsonMapping.readUnambiguous(json.toByteArray()) instanceof Map<?, ?> object) {
        Map<String, String> members = new LinkedHashMap<>();
        return add(members, "", object) ? Optional.of(members) : Optional.empty();
      }
    } catch (IOException e) {
      // Then it is none.
    }
    return Optional.empty();
  }

  /** Whether it is a JSON object in which readers may find one thing or another. */
  public static boolean isAmbiguous(Octets json) {
    try {
      return JsonMapping.read(json.toByteArray()) instanceof Map && read(json).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  static Map<String, String> flat(Map<?, ?> object) {
    Map<String, String> members = new LinkedHashMap<>();
    add(members, "", object);
    return members;
  }

  /** Whether each name is there once. */
  private static boolean add(Map<String, String> members, String name, @Nullable Object value) {
    boolean once = true;
    if (value instanceof Map<?, ?> object) {
      String prefix = name.isEmpty() ? "" : name + ".";
      for (Map.Entry<?, ?> inner : object.entrySet()) {
        if (isShown(String.valueOf(inner.getKey()))) {
          once &= add(members, prefix + inner.getKey(), inner.getValue());
        }
      }
    } else if (value instanceof List<?> list) {
      if (list.stream().noneMatch(e -> e instanceof Map || e instanceof List)) {
        once =
            members.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(", ")))
                == null;
      } else {
        for (int i = 0; i < list.size(); i++) {
          once &= add(members, name + "[" + i + "]", list.get(i));
        }
      }
    } else if (value != null) {
      once = members.put(name, value.toString()) == null;
    }
    return once;
  }

  private static boolean isShown(String member) {
    return !NOT_SHOWN.contains(member) && !member.toLowerCase(Locale.ROOT).contains("password");
  }
}
