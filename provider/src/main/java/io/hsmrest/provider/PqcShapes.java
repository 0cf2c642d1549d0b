package io.hsmrest.provider;

import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.PqcParameterSet;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.List;

/** Post-quantum keys of one family, or of one parameter set; the service names keys by the set. */
final class PqcShapes implements KeyShapes {
  private final List<PqcParameterSet> sets;
  private final PqcParameterSet defaultSet;

  private PqcShapes(List<PqcParameterSet> sets, PqcParameterSet defaultSet) {
    this.sets = sets;
    this.defaultSet = defaultSet;
  }

  /** All sets of a family. */
  static PqcShapes family(String prefix, PqcParameterSet defaultSet) {
    return new PqcShapes(
        Arrays.stream(PqcParameterSet.values())
            .filter(set -> set.parameterName().startsWith(prefix))
            .toList(),
        defaultSet);
  }

  /** One set. */
  static PqcShapes of(PqcParameterSet set) {
    return new PqcShapes(List.of(set), set);
  }

  @Override
  public boolean makes(String serviceAlgorithm) {
    return sets.stream().anyMatch(set -> set.parameterName().equals(serviceAlgorithm));
  }

  @Override
  public KeyPairAlgorithm.Shape ofBits(int bits) {
    throw new InvalidParameterException(
        "post-quantum keys have no size; name one of " + sets + " in a NamedParameterSpec");
  }

  @Override
  public KeyPairAlgorithm.Shape ofParameters(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    String name = KeyShapes.nameIn(parameters);
    return shape(
        sets.stream()
            .filter(set -> set.parameterName().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () -> new InvalidAlgorithmParameterException("'" + name + "' is none of " + sets)));
  }

  @Override
  public KeyPairAlgorithm.Shape ofDefault() {
    return shape(defaultSet);
  }

  private static KeyPairAlgorithm.Shape shape(PqcParameterSet set) {
    return label ->
        new NewKey(label, set.parameterName(), null, null, KeyFlags.forSigning(), null, null);
  }
}
