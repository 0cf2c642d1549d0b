package io.hsmrest.simulator.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Arithmetic on Bitcoin's and Ethereum's curve; other curves are refused. */
record Secp256k1(ECPoint generator, BigInteger order) {

  static Secp256k1 of(ECDomainParameters domain) {
    if (!isSecp256k1(domain)) {
      throw Signing.unfitting();
    }
    return new Secp256k1(domain.getG(), domain.getN());
  }

  static boolean isSecp256k1(ECDomainParameters domain) {
    return domain instanceof ECNamedDomainParameters named
        && named.getName().getId().equals(Curves.SECP256K1);
  }

  ECPoint times(BigInteger scalar) {
    return new FixedPointCombMultiplier().multiply(generator, scalar).normalize();
  }

  boolean isEven(ECPoint normalized) {
    return !normalized.getAffineYCoord().testBitZero();
  }

  byte[] x(ECPoint normalized) {
    return normalized.getAffineXCoord().getEncoded();
  }

  /** The scalar or its negative, whichever has a point with an even y. */
  BigInteger withEvenPoint(BigInteger scalar) {
    return isEven(times(scalar)) ? scalar : order.subtract(scalar);
  }
}
