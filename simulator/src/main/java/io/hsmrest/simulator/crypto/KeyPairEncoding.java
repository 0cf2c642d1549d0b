package io.hsmrest.simulator.crypto;

/** PKCS#8 and SubjectPublicKeyInfo of one key pair. */
record KeyPairEncoding(Bytes privateKey, Bytes publicKey) {}
