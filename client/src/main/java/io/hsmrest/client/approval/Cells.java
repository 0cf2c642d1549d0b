package io.hsmrest.client.approval;

/**
 * How much room text takes on a terminal: ideographs and pictures take two cells, accents that are
 * characters of their own none. Terminals differ about rare characters, so this is nearly right.
 */
final class Cells {
  private static final String CUT = "...";

  private Cells() {}

  /** How many cells the text takes. */
  static int of(String text) {
    return text.codePoints().map(Cells::of).sum();
  }

  /** The text, or its beginning and three dots, in at most so many cells. */
  static String cut(String text, int cells) {
    if (of(text) <= cells) {
      return text;
    }
    int end = 0;
    int room = cells - CUT.length();
    while (room >= of(text.codePointAt(end))) {
      room -= of(text.codePointAt(end));
      end = text.offsetByCodePoints(end, 1);
    }
    return text.substring(0, end) + CUT;
  }

  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  /** The blocks that Unicode's EastAsianWidth calls wide or full width. */
  private static boolean isWide(int c) {
    return isIn(c, 0x1100, 0x115f) // Hangul
        || isIn(c, 0x2e80, 0xa4cf) // CJK, kana, Yi
        || isIn(c, 0xa960, 0xa97f)
        || isIn(c, 0xac00, 0xd7a3)
        || isIn(c, 0xf900, 0xfaff)
        || isIn(c, 0xfe30, 0xfe6f)
        || isIn(c, 0xff00, 0xff60) // full width Latin
        || isIn(c, 0xffe0, 0xffe6)
        || isIn(c, 0x1f300, 0x1faff) // pictures
        || isIn(c, 0x20000, 0x3fffd);
  }

  private static boolean isIn(int character, int first, int last) {
    return first <= character && character <= last;
  }
}
