package io.hsmrest.simulator.policy;

/** The operations that a policy governs, with their code in 0x003B (contract 2.6.2). */
public enum Operation {
  /** Sign, decrypt, unwrap, certificate operations. */
  USE(1),
  /** Not published; the plausible number. */
  BLOCK(2),
  /** Not published; the plausible number. */
  UNBLOCK(3),
  MODIFY(4);

  private final int code;

  Operation(int code) {
    this.code = code;
  }

  /** The number in the TLV. */
  public int code() {
    return code;
  }

  static Operation ofCode(int code) {
    for (Operation operation : values()) {
      if (operation.code == code) {
        return operation;
      }
    }
    throw new IllegalArgumentException("malformed structure: no operation " + code);
  }
}
