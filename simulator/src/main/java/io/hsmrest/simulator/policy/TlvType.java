package io.hsmrest.simulator.policy;

/** Type numbers of contract 2.6.2; those from 0x2001 on are the simulator's own (2.6.6). */
final class TlvType {
  static final int APPROVAL_COUNT = 0x0003;
  static final int OPERATION = 0x003B;
  static final int SPAN_IN_MINUTES = 0x0055;
  static final int TOKEN_COUNT = 0x0059;
  static final int GROUP_COUNT = 0x005A;
  static final int QUORUM = 0x005B;
  static final int TIME = 0x0107;
  static final int LABEL = 0x1002;
  static final int RULE_USE = 0x104E;
  static final int RULE_BLOCK = 0x104F;
  static final int RULE_UNBLOCK = 0x1050;
  static final int RULE_MODIFY = 0x1051;
  static final int APPROVER_KEY = 0x1052;
  static final int TIMESTAMP = 0x1054;
  static final int TIMESTAMP_SIGNATURE = 0x1056;
  static final int USE_PAYLOAD = 0x1057;
  static final int MODIFY_PAYLOAD = 0x1058;
  static final int SIGNED_CONTENT = 0x2001;
  static final int SIGNATURE = 0x2002;
  static final int PUBLIC_KEY = 0x2003;
  static final int CERTIFICATE = 0x2004;

  private TlvType() {}
}
