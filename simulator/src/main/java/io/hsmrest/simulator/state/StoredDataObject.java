package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Bytes;

/** A data object (contract 2.1.11). */
public record StoredDataObject(
    String name, Bytes value, boolean isPrivate, boolean modifiable, boolean destroyable) {}
