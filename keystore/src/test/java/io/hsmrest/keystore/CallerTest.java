package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          com.example.App --password secret                            , com.example.App
          app.jar                                                      , app.jar
          jdk.compiler/com.sun.tools.javac.launcher.Main App.java x    , App.java
          jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher A.java, A.java
          jdk.compiler/com.sun.tools.javac.launcher.Main               , jdk.compiler/com.sun.tools.javac.launcher.Main
          '  '                                                         , java
          """)
  void programIsNamedWithoutItsArguments(String command, String program) {
    assertThat(Caller.application(command)).isEqualTo(program);
  }
}
