package io.hsmrest.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectAttributesTest {

  @Test
  void aCommonNameAloneIsRecognised() {
    SubjectAttributes subject = SubjectAttributes.ofCommonName("web");
    assertThat(subject.commonName()).isEqualTo("web");
    assertThat(subject.isCommonNameOnly()).isTrue();
    assertThat(subject.with(SubjectAttribute.COUNTRY, "CH").isCommonNameOnly()).isFalse();
  }

  @Test
  void aValueSetTwiceIsReplacedAndTheOriginalKept() {
    SubjectAttributes first = SubjectAttributes.ofCommonName("a");
    assertThat(first.with(SubjectAttribute.COMMON_NAME, "b").commonName()).isEqualTo("b");
    assertThat(first.commonName()).isEqualTo("a");
  }

  @Test
  void theOrderIsTheServicesWhateverTheOrderOfTheCalls() {
    assertThat(
            SubjectAttributes.ofCommonName("a")
                .with(SubjectAttribute.COUNTRY, "CH")
                .with(SubjectAttribute.ORGANIZATION, "O")
                .values()
                .keySet())
        .containsExactly(
            SubjectAttribute.COMMON_NAME, SubjectAttribute.ORGANIZATION, SubjectAttribute.COUNTRY);
  }

  @Test
  void aSubjectWithoutCommonNameIsRefused() {
    assertThatThrownBy(() -> new SubjectAttributes(Map.of(SubjectAttribute.COUNTRY, "CH")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a certificate's subject needs a common name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000", "\u007f", "a\tb"})
  void emptyValuesAndControlCharactersAreRefused(String value) {
    assertThatThrownBy(() -> SubjectAttributes.ofCommonName(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the commonName of a certificate's subject");
  }

  @Test
  void anEmptyAlternativeNameIsRefused() {
    assertThatThrownBy(() -> SubjectAlternativeName.dns(""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
