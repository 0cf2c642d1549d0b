package io.hsmrest.provider;

import io.hsmrest.client.rest.OwnCalls;
import io.hsmrest.keystore.CallingFrames;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmKeyStoreSpi;
import io.hsmrest.keystore.HsmRestConfig;
import io.hsmrest.keystore.PqcParameterSet;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The security provider {@code HsmRest}: key store, signatures, key pair generators and path
 * building with keys that live in an HSM behind its REST API.
 *
 * <p>Making and configuring it costs nothing: no file is read, nothing is sent, no HTTP or JSON
 * class is loaded before the first use that needs it; a wrong configuration shows there. Its
 * position in the JVM's list is of no consequence to anybody else: it signs with its own keys
 * alone, offers nothing that could stand in for a default of the JDK, and hands on what another
 * provider would have done. A thread that is inside one of this project's own REST calls is offered
 * nothing at all. Thread-safe.
 */
public final class HsmRestProvider extends Provider {
  /** The provider's name, and the type of its key store, path builder and certificate store. */
  public static final String NAME = "HsmRest";

  private static final long serialVersionUID = 1L;
  private static final String VERSION = "0.1";
  private static final String INFO =
      "Keys in a Securosys CloudHSM or Primus HSM behind its REST API";

  /** {@code NAME@FILE}: the name of one of several providers. A slash before the @ is a path's. */
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_-]+)@(.+)", Pattern.DOTALL);

  /** Takes the configuration from the usual places, at the first use. */
  public HsmRestProvider() {
    this(NAME, ConfigurationSource.standard());
  }

  private HsmRestProvider(String name, ConfigurationSource source) {
    super(name, VERSION, INFO);
    register(source);
  }

  /**
   * A provider for a configuration made in Java code, called {@code HsmRest-<name>} where the
   * setting {@code name} is there.
   */
  public static HsmRestProvider of(HsmRestConfig config) {
    return new HsmRestProvider(nameOf(config.name().orElse(null)), ConfigurationSource.of(config));
  }

  /**
   * A provider that reads this configuration at its first use.
   *
   * @param argument path or URL of a {@code hsmrest.properties}; with {@code NAME@} in front the
   *     provider is called {@code HsmRest-NAME}, so that several can be registered
   */
  @Override
  public Provider configure(String argument) {
    Matcher named = NAMED.matcher(argument.strip());
    return named.matches()
        ? new HsmRestProvider(
            nameOf(named.group(1)), ConfigurationSource.of(named.group(2).strip()))
        : new HsmRestProvider(NAME, ConfigurationSource.of(argument.strip()));
  }

  /** Always: without an argument the usual places are looked at. */
  @Override
  public boolean isConfigured() {
    return true;
  }

  /**
   * Nothing, to a thread inside one of our own REST calls: TLS towards the service must find the
   * JDK's engines even where this provider comes first.
   */
  @Override
  public @Nullable Service getService(String type, String algorithm) {
    return OwnCalls.inProgress() ? null : super.getService(type, algorithm);
  }

  private void register(ConfigurationSource source) {
    put(
        "KeyStore",
        NAME,
        HsmKeyStoreSpi.class,
        List.of(),
        Map.of(),
        parameter -> new HsmKeyStoreSpi(source));
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      putService(new SignatureService(this, algorithm));
    }
    for (PqcParameterSet set : PqcParameterSet.values()) {
      if (!isInJdk(set.isMlDsa())) {
        put(
            "KeyFactory",
            set.parameterName(),
            PqcKeyFactorySpi.class,
            List.of(set.oid(), "OID." + set.oid()),
            Map.of(),
            parameter -> new PqcKeyFactorySpi(set));
      }
    }
    NewKeySource newKeys = new NewKeySource(source);
    for (KeyPairAlgorithm algorithm : KeyPairAlgorithm.values()) {
      put(
          "KeyPairGenerator",
          algorithm.jcaName(),
          HsmKeyPairGeneratorSpi.class,
          List.of(),
          Map.of(),
          parameter ->
              new HsmKeyPairGeneratorSpi(
                  algorithm,
                  newKeys,
                  CallingFrames.areLookingForAnyGenerator()
                      ? () -> OtherProviders.generator(algorithm.jcaName())
                      : Optional::empty));
    }
    put(
        "CertPathBuilder",
        NAME,
        HsmCertPathBuilderSpi.class,
        List.of(),
        Map.of(),
        parameter -> new HsmCertPathBuilderSpi(source));
    put(
        "CertStore",
        NAME,
        HsmCertStoreSpi.class,
        List.of(),
        Map.of(),
        parameter -> HsmCertStoreSpi.create(source, parameter));
  }

  /** ML-DSA came with JDK 24 (JEP 497). Asking the JDK's providers is for later than start-up. */
  private static boolean isInJdk(boolean mlDsa) {
    return mlDsa && Runtime.version().feature() >= 24;
  }

  private void put(
      String type,
      String algorithm,
      Class<?> engine,
      List<String> aliases,
      Map<String, String> attributes,
      ProviderService.EngineFactory factory) {
    putService(new ProviderService(this, type, algorithm, engine, aliases, attributes, factory));
  }

  private static String nameOf(@Nullable String suffix) {
    return suffix == null ? NAME : NAME + "-" + suffix;
  }
}
