package io.hsmrest.client;

import java.util.Collection;
import java.util.Locale;

/** Finds the name somebody meant. */
public final class NearestName {
  private NearestName() {}

  /** {@code "; did you mean 'x'?"}, or nothing when no name comes near. */
  public static String suggestion(String written, Collection<String> known) {
    String best = "";
    int least = Math.max(2, written.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < least || distance == least && name.compareTo(best) < 0) {
        least = distance;
        best = name;
      }
    }
    return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
