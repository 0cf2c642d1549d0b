package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.Caller.Answer;
import java.util.Base64;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.tsp.TimeStampToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service about itself, random numbers, time stamps, data objects (contract 2.1.11, 2.8). */
class ServiceTest {
  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
  }

  @Test
  void statisticsCountWhatIsThere() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    assertThat(caller.get("/v1/keystore/statistics").ok().member("keyStoreStatistics"))
        .startsWith("user default, private keys 4, ")
        .endsWith("data objects 0");
    assertThat(caller.get("/v1/hsm/log").ok().member("log")).contains(" generated k\n");
  }

  @Test
  void randomBytesAsManyAsAskedFor() {
    String random = caller.get("/v1/generateRandom/33").ok().member("random");
    assertThat(Base64.getDecoder().decode(random)).hasSize(33);
    assertThat(caller.get("/v1/generateRandom/0").errorCode()).isEqualTo(619);
    Answer words = caller.get("/v1/generateRandom/ten");
    assertThat(words.status()).isEqualTo(400);
    assertThat(words.message()).isEqualTo("A provided argument is of the wrong type.");
  }

  @Test
  void aTimeStampIsAToken() throws Exception {
    String token =
        caller
            .post("/v1/createRfcTimestamp", "{`payload`: `QUJD`, `hashAlgorithm`: `SHA256`}")
            .ok()
            .member("timestamp");
    TimeStampToken parsed =
        new TimeStampToken(new CMSSignedData(Base64.getDecoder().decode(token)));
    assertThat(parsed.getTimeStampInfo().getMessageImprintDigest()).hasSize(32);
  }

  @Test
  void dataObjectsAreKeptChangedAndDeleted() {
    String body = "{`name`: `note`, `value`: `%s`, `attributes`: {`destroyable`: true}}";
    assertThat(caller.post("/v1/dataObject", body.formatted("QQ==")).status()).isEqualTo(201);
    assertThat(caller.post("/v1/dataObject", body.formatted("QQ==")).errorCode()).isEqualTo(615);
    caller
        .send(
            "PATCH",
            "/v1/dataObject",
            body.formatted("Qg==").replace('`', '"'),
            "Content-Type",
            "application/json")
        .ok();
    assertThat(caller.get("/v1/dataObject/note").ok().member("value")).isEqualTo("Qg==");
    assertThat(caller.get("/v1/dataObject").ok().text()).isEqualTo("[\"note\"]");
    caller.delete("/v1/dataObject/note").ok();
    Answer gone = caller.get("/v1/dataObject/note");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.errorCode()).isEqualTo(653);
  }
}
