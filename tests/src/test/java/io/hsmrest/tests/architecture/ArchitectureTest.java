package io.hsmrest.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the design: provider, keystore, client, model; the simulator on its own. */
class ArchitectureTest {
  private static final String CLIENT = "io.hsmrest.client..";
  private static final String VOCABULARY = "io.hsmrest.client";
  private static final String MODEL = "io.hsmrest.client.model..";
  private static final String REST = "io.hsmrest.client.rest..";
  private static final String APPROVAL = "io.hsmrest.client.approval..";
  private static final String APPROVER = "io.hsmrest.client.approver..";
  private static final String KEYSTORE = "io.hsmrest.keystore..";
  private static final String PROVIDER = "io.hsmrest.provider..";
  private static final String SIMULATOR = "io.hsmrest.simulator..";

  private final JavaClasses classes =
      new ClassFileImporter()
          .importPaths(
              Path.of("../client/target/classes"),
              Path.of("../keystore/target/classes"),
              Path.of("../provider/target/classes"),
              Path.of("../simulator/target/classes"));

  @Test
  void everyModuleIsLookedAt() {
    for (String name :
        new String[] {
          "io.hsmrest.client.HsmClient",
          "io.hsmrest.client.model.NewKey",
          "io.hsmrest.client.rest.HsmClients",
          "io.hsmrest.client.approval.ApprovedRequests",
          "io.hsmrest.client.approver.ApprovalContent",
          "io.hsmrest.keystore.HsmKeyStoreSpi",
          "io.hsmrest.keystore.aia.IssuerDownload",
          "io.hsmrest.provider.HsmRestProvider",
          "io.hsmrest.simulator.HsmSimulator"
        }) {
      assertThat(classes.contain(name)).as(name).isTrue();
    }
  }

  @Test
  void modelDependsOnNothingElseOfTheProject() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(VOCABULARY, REST, APPROVAL, APPROVER, KEYSTORE, PROVIDER, SIMULATOR)
        .check(classes);
  }

  @Test
  void theClientsVocabularyKnowsNoneOfItsParts() {
    noClasses()
        .that()
        .resideInAPackage(VOCABULARY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(REST, APPROVAL, APPROVER)
        .check(classes);
  }

  @Test
  void thePartsOfTheClientDoNotKnowOneAnother() {
    List<String> parts = List.of(REST, APPROVAL, APPROVER);
    for (String part : parts) {
      noClasses()
          .that()
          .resideInAPackage(part)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              parts.stream().filter(other -> !other.equals(part)).toArray(String[]::new))
          .check(classes);
    }
  }

  @Test
  void clientKnowsNeitherKeyStoreNorProviderNorSimulator() {
    noClasses()
        .that()
        .resideInAPackage(CLIENT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KEYSTORE, PROVIDER, SIMULATOR)
        .check(classes);
  }

  @Test
  void keyStoreKnowsNeitherProviderNorSimulator() {
    noClasses()
        .that()
        .resideInAPackage(KEYSTORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROVIDER, SIMULATOR)
        .check(classes);
  }

  @Test
  void providerAndSimulatorShareNothing() {
    noClasses()
        .that()
        .resideInAPackage(PROVIDER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SIMULATOR)
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(SIMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLIENT, KEYSTORE, PROVIDER)
        .check(classes);
  }

  @Test
  void noPackageCycles() {
    slices().matching("io.hsmrest.(**)").should().beFreeOfCycles().check(classes);
  }

  /** Whatever writes to a terminal clears the line there first. */
  @Test
  void loggersAreThisProjectsOwn() {
    noClasses()
        .that(
            JavaClass.Predicates.resideOutsideOfPackage(SIMULATOR)
                .and(notNamed("io.hsmrest.client.HsmLogger")))
        .should()
        .callMethod(System.class, "getLogger", String.class)
        .check(classes);
  }

  @Test
  void httpClientIsSeenByTheTransportOnly() {
    noClasses()
        .that(
            JavaClass.Predicates.resideOutsideOfPackage(SIMULATOR)
                .and(notNamed("io.hsmrest.client.rest.ApacheTransport"))
                .and(notNamed("io.hsmrest.client.rest.ApacheClient")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hc..")
        .check(classes);
  }

  @Test
  void jacksonIsSeenByOneClassOnly() {
    noClasses()
        .that(
            JavaClass.Predicates.resideOutsideOfPackage(SIMULATOR)
                .and(notNamed("io.hsmrest.client.rest.JsonMapping")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(classes);
  }

  /** The signer of requests apart: it signs what travels, with a key in a file. */
  @Test
  void clientKnowsNoEnginesOfTheSecurityArchitecture() {
    noClasses()
        .that(
            JavaClass.Predicates.resideInAPackage(CLIENT)
                .and(notNamed("io.hsmrest.client.rest.RequestSigner")))
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.security\\..*Spi|java\\.security\\.Signature")
        .check(classes);
  }

  @Test
  void enginesArePackagePrivateButForTheKeyStoresWhichAnotherPackageMakes() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Spi")
        .and()
        .doNotHaveSimpleName("HsmKeyStoreSpi")
        .should()
        .bePackagePrivate()
        .check(classes);
  }

  /** Who uses the provider as a module can name whatever its methods take, return and throw. */
  @Test
  void whatTheModuleExportsNamesNothingThatItDoesNot() throws IOException {
    List<String> exported =
        Files.readAllLines(Path.of("../provider/src/main/module/module-info.java")).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("exports "))
            .map(line -> line.substring("exports ".length(), line.length() - 1))
            .toList();
    assertThat(exported).contains("io.hsmrest.client.approval");
    List<String> hidden =
        classes.stream()
            .filter(type -> exported.contains(type.getPackageName()) && isPublic(type))
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(
                unit ->
                    unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED))
            .flatMap(
                unit ->
                    named(unit)
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> type.getPackageName().startsWith("io.hsmrest"))
                        .filter(type -> !exported.contains(type.getPackageName()))
                        .map(type -> unit.getFullName() + " names " + type.getName()))
            .toList();
    assertThat(hidden).isEmpty();
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }

  private static Stream<JavaClass> named(JavaCodeUnit unit) {
    return Stream.of(
            unit.getRawParameterTypes(), List.of(unit.getRawReturnType()), unit.getExceptionTypes())
        .flatMap(List::stream);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> notNamed(String name) {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        "not " + name,
        javaClass ->
            !javaClass.getName().equals(name) && !javaClass.getName().startsWith(name + "$"));
  }
}
