package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsmrest.client.CapturedLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in which open requests are noted. */
class RequestJournalTest {
  private static final String IDENTITY = "sign\nkey of the test\nthe payload";

  @TempDir private Path folder;

  private RequestJournal journal(String service) {
    return new RequestJournal(folder.resolve("requests"), service);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("requests"))) {
      return files.toList();
    }
  }

  @Test
  void knowsWhatIsOpenUntilItIsOver() {
    RequestJournal journal = journal("[http://a]");
    assertThat(journal.open(IDENTITY)).isEmpty();
    journal.opened(IDENTITY, "id-1");
    assertThat(journal("[http://a]").open(IDENTITY)).contains("id-1");
    assertThat(journal.open("another operation")).isEmpty();
    journal.opened(IDENTITY, "id-2");
    assertThat(journal.open(IDENTITY)).contains("id-2");
    journal.over(IDENTITY);
    assertThat(journal.open(IDENTITY)).isEmpty();
    journal.over(IDENTITY);
  }

  @Test
  void twoServicesDoNotMix() {
    journal("[http://a]").opened(IDENTITY, "at-a");
    journal("[http://b]").opened(IDENTITY, "at-b");
    assertThat(journal("[http://a]").open(IDENTITY)).contains("at-a");
    assertThat(journal("[http://b]").open(IDENTITY)).contains("at-b");
    journal("[http://b]").over(IDENTITY);
    assertThat(journal("[http://a]").open(IDENTITY)).contains("at-a");
    // Names that would run into one another without a border between service and operation.
    journal("x").opened("yz", "one");
    journal("xy").opened("z", "two");
    assertThat(journal("x").open("yz")).contains("one");
  }

  @Test
  void aFileHoldsTheIdAloneAndIsNamedByAHash() throws Exception {
    journal("[http://a]").opened(IDENTITY, "id-1");
    assertThat(files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}\\.request");
              assertThat(file).hasContent("id-1\n");
            });
  }

  @Test
  void aFileIsForItsOwnerAlone() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    journal("[http://a]").opened(IDENTITY, "id-1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsOlderThanAWeekIsForgotten() throws Exception {
    RequestJournal journal = journal("[http://a]");
    journal.opened(IDENTITY, "id-1");
    Path file = files().get(0);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(6))));
    assertThat(journal.open(IDENTITY)).contains("id-1");
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofDays(7)).minusSeconds(1)));
    assertThat(journal.open(IDENTITY)).isEmpty();
    assertThat(files()).isEmpty();
  }

  /** As a power cut, a full disk or an editor leave them behind. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\0\0\0\0\0", "two words", "caf\u00e9", "a\nb"})
  void aFileThatHoldsNoIdIsDroppedAndNamed(String content) throws Exception {
    RequestJournal journal = journal("[http://a]");
    journal.opened(IDENTITY, "id-1");
    Path file = files().get(0);
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(journal.open(IDENTITY)).isEmpty();
      assertThat(logs.messages(Level.WARNING))
          .singleElement()
          .isEqualTo(
              "approval.resume: "
                  + file
                  + " is dropped, people are asked anew: it holds no request id");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeUsedIsWarnedAboutAndNothingElse() throws Exception {
    // A file in the place of the folder: no user may list, read or write below it.
    Files.writeString(folder.resolve("requests"), "");
    RequestJournal journal = journal("[http://a]");
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      journal.opened(IDENTITY, "id-1");
      assertThat(journal.open(IDENTITY)).isEmpty();
      journal.over(IDENTITY);
      assertThat(logs.messages(Level.WARNING))
          .hasSize(3)
          .satisfiesExactly(
              text ->
                  assertThat(text)
                      .startsWith("approval.resume: request id-1 is not noted in ")
                      .contains(", after a crash people are asked anew: "),
              text ->
                  assertThat(text)
                      .startsWith("approval.resume: ")
                      .contains(" is dropped, people are asked anew: "),
              text -> assertThat(text).contains(" cannot be deleted: "));
      assertThat(logs.text()).doesNotContain("the payload").doesNotContain("key of the test");
    }
  }

  @Test
  void aFileThatCannotBeReplacedLeavesNothingBehind() throws Exception {
    RequestJournal journal = journal("[http://a]");
    journal.opened(IDENTITY, "id-1");
    Path file = files().get(0);
    Files.delete(file);
    Files.createDirectories(file.resolve("in the way"));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      journal.opened(IDENTITY, "id-2");
      assertThat(logs.messages(Level.WARNING)).hasSize(1);
    }
    assertThat(files()).containsExactly(file);
  }

  @Test
  void manyWriteAtOnceAndWhoReadsFindsAWholeId() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String id = "0123456789-%02d".formatted(i);
        writers.add(
            threads.submit(
                () -> {
                  RequestJournal journal = journal("[http://a]");
                  for (int n = 0; n < 50; n++) {
                    journal.opened(IDENTITY, id);
                    assertThat(journal.open(IDENTITY).orElseThrow()).matches("0123456789-\\d\\d");
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(files()).hasSize(1);
  }
}
