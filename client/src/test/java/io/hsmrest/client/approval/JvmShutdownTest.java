package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request when the program that waits for it is ended. */
@Timeout(120)
class JvmShutdownTest {
  private static final String CANCEL = "DELETE /v1/request/r1";

  @TempDir private Path folder;

  private String ended(HttpApprovals service, boolean bySignal, String... lines) throws Exception {
    try (ChildJvm child = ChildJvm.start(service, folder, List.of(), lines)) {
      service.awaitLook();
      if (bySignal) {
        child.terminate();
      } else {
        child.exit();
      }
      return child.ended();
    }
  }

  @ParameterizedTest(name = "by a signal: {0}")
  @ValueSource(booleans = {true, false})
  void theRequestIsCancelled(boolean bySignal) throws Exception {
    try (HttpApprovals service = new HttpApprovals()) {
      ended(service, bySignal);
      assertThat(service.arrived())
          .startsWith("POST /v1/filteredRequests", "POST /v1/sign", "GET /v1/request/r1")
          .contains(CANCEL);
      assertThat(service.count(CANCEL)).isEqualTo(1);
      assertThat(service.count("POST /v1/sign")).isEqualTo(1);
    }
  }

  @Test
  void itIsKeptWhereThatIsSet() throws Exception {
    try (HttpApprovals service = new HttpApprovals()) {
      ended(service, true, "approval.onGiveUp=keep");
      assertThat(service.arrived()).doesNotContain(CANCEL);
      assertThat(folder.resolve(".hsmrest")).doesNotExist();
    }
  }

  @Test
  void itIsKeptWhereTheNextRunTakesItUpAndIsTakenUp() throws Exception {
    try (HttpApprovals service = new HttpApprovals()) {
      ended(service, true, "approval.resume=true");
      assertThat(service.arrived()).doesNotContain(CANCEL);
      Path notes = folder.resolve(".hsmrest/requests");
      try (Stream<Path> files = Files.list(notes)) {
        assertThat(files).singleElement().satisfies(file -> assertThat(file).hasContent("r1\n"));
      }
      service.executingAtLook(0);
      try (ChildJvm child = ChildJvm.start(service, folder, List.of(), "approval.resume=true")) {
        assertThat(child.ended()).contains(HttpApprovals.RESULT);
      }
      assertThat(service.count("POST /v1/sign")).isEqualTo(1);
      assertThat(notes).isEmptyDirectory();
    }
  }

  /** Whatever a shell prints next begins a line. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "approval.onGiveUp=cancel, the request is being withdrawn",
    "approval.onGiveUp=keep, 'the request stays, and may still be approved'",
    "approval.resume=true, 'the request stays, and the next run takes it up'"
  })
  void aConsoleIsToldWhatBecomesOfTheRequest(String setting, String told) throws Exception {
    try (HttpApprovals service = new HttpApprovals();
        ChildJvm child =
            ChildJvm.start(service, folder, List.of(), "approval.progress=console", setting)) {
      service.awaitSecondLook();
      child.terminate();
      assertThat(child.ended())
          .contains("\rrequest r1 to sign with key 'k' is not waited for any more; " + told)
          .endsWith(System.lineSeparator());
    }
  }

  @Test
  void aServiceThatDoesNotAnswerKeepsNoProgramFromEnding() throws Exception {
    try (HttpApprovals service = new HttpApprovals().silentToCancellations()) {
      // Both would be waited for, were it not at the end of the JVM.
      ended(service, true, "http.responseTimeout=10h", "http.deadline=10h");
      assertThat(service.arrived()).contains(CANCEL);
    }
  }

  @Test
  void whatIsLeftOpenIsSaid() throws Exception {
    try (HttpApprovals service = new HttpApprovals().silentToCancellations()) {
      assertThat(ended(service, true))
          .contains("hsmrest: not withdrawn, and may still be approved: 1 of 1 open requests, r1");
    }
  }

  @Test
  void aCreationWhoseAnswerComesMeanwhileIsWithdrawn() throws Exception {
    try (HttpApprovals service = new HttpApprovals().answeringCreationsAtTheEnd();
        ChildJvm child = ChildJvm.start(service, folder, List.of())) {
      service.awaitCreation();
      child.terminate();
      child.ended();
      assertThat(service.arrived()).contains(CANCEL);
    }
  }

  @Test
  void aCreationWhoseAnswerComesMeanwhileIsNotedWhereThatIsSet() throws Exception {
    try (HttpApprovals service = new HttpApprovals().answeringCreationsAtTheEnd();
        ChildJvm child = ChildJvm.start(service, folder, List.of(), "approval.resume=true")) {
      service.awaitCreation();
      child.terminate();
      child.ended();
      assertThat(service.arrived()).doesNotContain(CANCEL);
      try (Stream<Path> files = Files.list(folder.resolve(".hsmrest/requests"))) {
        assertThat(files).singleElement().satisfies(file -> assertThat(file).hasContent("r1\n"));
      }
    }
  }

  @Test
  void whatIsDoneIsNotCancelled() throws Exception {
    try (HttpApprovals service = new HttpApprovals().executingAtLook(3);
        ChildJvm child = ChildJvm.start(service, folder, List.of())) {
      assertThat(child.ended()).contains(HttpApprovals.RESULT);
      assertThat(service.arrived())
          .containsExactly(
              "POST /v1/filteredRequests",
              "POST /v1/sign",
              "GET /v1/request/r1",
              "GET /v1/request/r1",
              "GET /v1/request/r1");
    }
  }
}
