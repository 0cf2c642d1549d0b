package io.hsmrest.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The arrows of the design: provider, keystore, client, model; the simulator on its own. */
class ArchitectureTest {
  private static final String CLIENT = "io.hsmrest.client";
  private static final String MODEL = "io.hsmrest.client.model";
  private static final String KEYSTORE = "io.hsmrest.keystore";
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
          "io.hsmrest.keystore.HsmKeyStoreSpi",
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
        .resideInAnyPackage(CLIENT, KEYSTORE, PROVIDER, SIMULATOR)
        .check(classes);
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
        .resideInAnyPackage(CLIENT, MODEL, KEYSTORE, PROVIDER)
        .check(classes);
  }

  @Test
  void noPackageCycles() {
    slices().matching("io.hsmrest.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void httpClientIsSeenByTheTransportOnly() {
    noClasses()
        .that(
            JavaClass.Predicates.resideOutsideOfPackage(SIMULATOR)
                .and(notNamed("ApacheTransport"))
                .and(notNamed("ApacheClient")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hc..")
        .check(classes);
  }

  @Test
  void jacksonIsSeenByOneClassOnly() {
    noClasses()
        .that(JavaClass.Predicates.resideOutsideOfPackage(SIMULATOR).and(notNamed("JsonMapping")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(classes);
  }

  /** The signer of requests apart: it signs what travels, with a key in a file. */
  @Test
  void clientKnowsNoEnginesOfTheSecurityArchitecture() {
    noClasses()
        .that(JavaClass.Predicates.resideInAnyPackage(CLIENT, MODEL).and(notNamed("RequestSigner")))
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

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> notNamed(String name) {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        "not " + name,
        javaClass ->
            !javaClass.getSimpleName().equals(name)
                && !javaClass.getName().contains("." + name + "$"));
  }
}
