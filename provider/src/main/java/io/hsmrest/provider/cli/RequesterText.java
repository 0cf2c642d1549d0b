package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.rest.JsonMembers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the requester says about itself. It is cut, because it could push what is signed off the
 * screen otherwise.
 *
 * @param statements by name, those that are shown; null where it says something in another form
 * @param other what it says in another form, null for nothing
 * @param missing what is not shown, null for nothing
 */
record RequesterText(
    @Nullable Map<String, String> statements, @Nullable Octets other, @Nullable String missing) {
  private static final int MOST = 16;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST = 240;
  private static final int LONGEST_OTHER = 1000;
  private static final int MOST_LINES = 16;
  private static final Map<String, String> NAMES = Map.of("app", "application");

  static RequesterText of(@Nullable Octets metaData) {
    if (metaData == null) {
      return new RequesterText(null, null, null);
    }
    Optional<Map<String, String>> members = JsonMembers.read(metaData);
    if (members.isEmpty()) {
      return new RequesterText(
          null,
          metaData,
          PayloadText.isCut(metaData, LONGEST_OTHER, MOST_LINES)
              ? "only the beginning of what the requester says is shown"
              : null);
    }
    Map<String, String> shown = new LinkedHashMap<>();
    int left = 0;
    int cut = 0;
    for (Map.Entry<String, String> member : members.get().entrySet()) {
      String name = member.getKey();
      if (shown.size() == MOST || name.length() > LONGEST_NAME) {
        left++;
      } else {
        String value = member.getValue();
        cut += value.length() > LONGEST ? 1 : 0;
        shown.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) + "..." : value);
      }
    }
    return new RequesterText(shown, null, missing(members.get().size(), left, cut));
  }

  private static @Nullable String missing(int all, int left, int cut) {
    return left + cut == 0
        ? null
        : "of the requester's "
            + all
            + " statements "
            + left
            + " are left out, and "
            + cut
            + " are cut";
  }

  /** Adds it to {@code facts}. */
  void add(Facts facts) {
    if (statements == null && other == null) {
      return;
    }
    facts.heading("The requester says, and nobody has checked");
    if (statements != null) {
      statements.forEach((name, value) -> facts.add(NAMES.getOrDefault(name, name), value));
    } else if (other != null) {
      PayloadText.addBytes(facts, "it says", other, LONGEST_OTHER, MOST_LINES);
    }
  }
}
