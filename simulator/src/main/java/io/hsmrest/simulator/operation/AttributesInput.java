package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.state.KeyAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attributes of a key to be made, as a client sent them (contract 2.1.1). */
record AttributesInput(
    boolean decrypt,
    boolean sign,
    boolean unwrap,
    boolean derive,
    boolean bip32,
    boolean slip10,
    boolean extractable,
    boolean modifiable,
    boolean destroyable,
    @Nullable Boolean sensitive,
    boolean copyable,
    boolean rollover) {

  static AttributesInput read(Fields in, Dialect dialect) {
    // The public key's uses; they are not shown again and bind nobody.
    in.optionalFlag("encrypt");
    in.optionalFlag("verify");
    in.optionalFlag("wrap");
    return new AttributesInput(
        in.flag("decrypt"),
        in.flag("sign"),
        in.flag("unwrap"),
        flag(in, "derive", false),
        flag(in, "bip32", false),
        flag(in, "slip10", false),
        flag(in, "extractable", false),
        flag(in, "modifiable", true),
        flag(in, "destroyable", false),
        in.optionalFlag("sensitive"),
        flag(in, "copyable", false),
        dialect.isNewerThan22() && flag(in, "rollover", false));
  }

  private static boolean flag(Fields in, String name, boolean otherwise) {
    return Optional.ofNullable(in.optionalFlag(name)).orElse(otherwise);
  }

  /**
   * The attributes of the key.
   *
   * @param generated whether the key is made in the HSM
   * @throws ServiceRefusal 606 if they cannot be
   */
  KeyAttributes toKeyAttributes(String algorithm, boolean hasPolicy, boolean generated) {
    if (!decrypt && !sign && !unwrap) {
      throw invalid("At least one of 'decrypt', 'sign' and 'unwrap' must be true.");
    }
    if (extractable && hasPolicy) {
      throw invalid("A key with a policy can not be extractable.");
    }
    boolean derivable = algorithm.equals("EC") || algorithm.equals("ED");
    if ((bip32 || slip10) && !(derivable && derive)) {
      throw invalid("'bip32' and 'slip10' need an EC or ED key with 'derive'.");
    }
    boolean isSensitive = sensitive == null || sensitive;
    return new KeyAttributes(
        decrypt,
        sign,
        unwrap,
        derive,
        bip32,
        slip10,
        extractable,
        modifiable,
        destroyable,
        isSensitive,
        isSensitive && generated,
        !extractable && generated,
        copyable,
        rollover);
  }

  private static ServiceRefusal invalid(String message) {
    return new ServiceRefusal(Reason.KEY_ATTRIBUTES_INVALID, message);
  }
}
