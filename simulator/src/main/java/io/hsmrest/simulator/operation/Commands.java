package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.policy.PolicyInput;
import io.hsmrest.simulator.state.Partition;
import java.util.List;
import java.util.function.Supplier;

/** Reads commands out of request bodies. */
public final class Commands {
  private final Hsm hsm;
  private final Partition partition;

  /** Reads commands on keys of one partition. */
  public Commands(Hsm hsm, Partition partition) {
    this.hsm = hsm;
    this.partition = partition;
  }

  /**
   * A command that is to be executed at once.
   *
   * @param signedApprovals approvals that came with it
   */
  public record Immediate(Command command, List<Bytes> signedApprovals) {
    /** The list is copied. */
    public Immediate {
      signedApprovals = List.copyOf(signedApprovals);
    }
  }

  /** Reads the body of an asynchronous request, whether new or stored. */
  public Command readAsynchronous(RequestKind kind, byte[] body) {
    Fields root = Fields.of(body, hsm.settings().lenient());
    Fields in = root.object(kind.root());
    in.optionalBase64("metaData");
    in.optionalBase64("metaDataSignature");
    RequestSignature signature = RequestSignature.read(root);
    Supplier<Command> command = read(kind, in);
    root.end();
    RequestSignature.check(signature, in, body, hsm.settings().requestSigners());
    return command.get();
  }

  /** Reads the body of a synchronous call with its envelope. */
  public Immediate readSynchronous(RequestKind kind, byte[] body) {
    Fields root = Fields.of(body, hsm.settings().lenient());
    Fields in = root.object(kind.root());
    if (kind == RequestKind.SIGN) {
      in.accept("signKeyObject");
      in.optionalBase64("metaData");
      in.optionalBase64("metaDataSignature");
    }
    List<Bytes> signedApprovals = in.base64List("signedApprovals");
    RequestSignature signature = RequestSignature.read(root);
    Supplier<Command> command = read(kind, in);
    root.end();
    RequestSignature.check(signature, in, body, hsm.settings().requestSigners());
    return new Immediate(command.get(), signedApprovals);
  }

  /** Reads the body of a synchronous certificate call, which has no envelope. */
  public Immediate readCertificateCall(RequestKind kind, byte[] body) {
    Fields root = Fields.of(body, hsm.settings().lenient());
    Supplier<Command> command = read(kind, root);
    root.end();
    return new Immediate(command.get(), List.of());
  }

  /** Reads the fields now; the command is made once the whole body has proved well-formed. */
  private Supplier<Command> read(RequestKind kind, Fields in) {
    Dialect dialect = hsm.dialect();
    return switch (kind) {
      case SIGN -> {
        Command sign = SignCommand.read(in, dialect, hsm.behaviour().unknownSignatureType());
        yield () -> sign;
      }
      case DECRYPT -> {
        Command decrypt = DecryptCommand.read(in);
        yield () -> decrypt;
      }
      case UNWRAP -> unwrap(in, dialect);
      case CERTIFICATE_REQUEST -> {
        Command request = CertificateRequestCommand.read(in, dialect);
        yield () -> request;
      }
      case SELF_SIGN -> {
        Command selfSign = SelfSignCommand.read(in, dialect);
        yield () -> selfSign;
      }
      case ISSUE -> {
        Command issue = IssueCommand.read(in, dialect);
        yield () -> issue;
      }
      case BLOCK -> {
        Command block = PolicyCommand.readBlock(in);
        yield () -> block;
      }
      case UNBLOCK -> {
        Command unblock = PolicyCommand.readUnblock(in);
        yield () -> unblock;
      }
      case MODIFY -> modify(in);
    };
  }

  private Supplier<Command> unwrap(Fields in, Dialect dialect) {
    UnwrapCommand unwrap = UnwrapCommand.read(in, dialect);
    PolicyInput policy = KeyMaking.policyInput(in);
    String path = RequestKind.UNWRAP.root() + ".policy";
    return () ->
        policy == null
            ? unwrap
            : unwrap.under(Onboarded.validation(partition).creation(policy, path));
  }

  private Supplier<Command> modify(Fields in) {
    String label = in.text("modifyKeyName");
    Password password = in.optionalPassword("keyPassword");
    PolicyInput input = PolicyJson.read(in.object("policy"));
    String path = RequestKind.MODIFY.root() + ".policy";
    return () -> {
      Policy rules = Onboarded.validation(partition).modification(input, path);
      return new PolicyCommand(
          RequestKind.MODIFY,
          label,
          password,
          Payload.modify(rules),
          policy -> policy.withRulesOf(rules));
    };
  }
}
