package io.hsmrest.simulator.state;

/**
 * What a key may be used for and what may be done to it (contract 2.1.1).
 *
 * @param alwaysSensitive whether it has been sensitive since it was generated here
 * @param neverExtractable whether it was generated here and has never been extractable
 */
public record KeyAttributes(
    boolean decrypt,
    boolean sign,
    boolean unwrap,
    boolean derive,
    boolean bip32,
    boolean slip10,
    boolean extractable,
    boolean modifiable,
    boolean destroyable,
    boolean sensitive,
    boolean alwaysSensitive,
    boolean neverExtractable,
    boolean copyable,
    boolean rollover) {}
