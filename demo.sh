#!/usr/bin/env bash
# The whole story on the simulator: a CA key that people must approve, a server key made with stock
# keytool, a certificate chain, a TLS server that knows nothing of this project. Needs JDK 17 or
# newer, Maven, openssl and curl; leaves nothing running.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
usage: ./demo.sh

Builds the provider and the simulator if that is due, then tells the story in five steps. Each step
prints the command that a user would type, and its output. Files are left in target/demo.

  HSMREST_DEMO_THINK=SECONDS   how long it takes the approver to notice a request (default 3)
TEXT
}
case "${1:-}" in
  "") ;;
  -h | --help) usage; exit 0 ;;
  *) echo "demo.sh: unknown argument '$1'" >&2; usage >&2; exit 2 ;;
esac

for tool in java keytool mvn openssl curl; do
  command -v "$tool" >/dev/null || { echo "demo.sh: $tool is needed and not on the PATH" >&2; exit 1; }
done

provider=provider/target/hsmrest-provider.jar
simulator=simulator/target/hsmrest-simulator.jar
think=${HSMREST_DEMO_THINK:-3}
case "$think" in *[!0-9]* | "") echo "demo.sh: HSMREST_DEMO_THINK is a number of seconds" >&2; exit 2 ;; esac
work=target/demo
rm -rf "$work"
mkdir -p "$work"
started=()
finish() {
  local status=$?
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  [ "$status" -eq 0 ] || echo "demo.sh: failed (exit code $status); what was written is in $work" >&2
}
trap finish EXIT

if [ -t 1 ]; then bold=$'\e[1m'; dim=$'\e[2m'; plain=$'\e[0m'; else bold=; dim=; plain=; fi
say() { printf '%s\n' "$*"; }
step() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

# Prints a command as a user would type it, then runs it.
run() {
  { printf '%s$' "$dim"
    for word in "$@"; do
      case "$word" in
        *[!A-Za-z0-9_./:=,@%+-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
      esac
    done
    printf '%s\n' "$plain"; } >&2
  "$@"
}

# --- building -------------------------------------------------------------------------------------
newer_sources() { [ -n "$(find pom.xml client keystore provider simulator \( -name '*.java' -o -name pom.xml \) -newer "$1" -print -quit)" ]; }
if [ ! -e "$provider" ] || [ ! -e "$simulator" ] || newer_sources "$provider" || newer_sources "$simulator"; then
  say "Building the provider and the simulator (once; the first time Maven fetches what it needs)"
  run mvn --quiet --batch-mode --no-transfer-progress -Dquick -DskipTests package \
    --projects provider,simulator --also-make
fi

# --- the simulator --------------------------------------------------------------------------------
: >"$work/simulator.log" # so that it can be read before the process has begun
java -jar "$simulator" --port 0 --control >"$work/simulator.log" 2>&1 &
started+=($!)
for _ in $(seq 1 150); do
  base=$(sed -n '1s/^hsmrest-simulator listening on //p' "$work/simulator.log")
  [ -n "$base" ] && break
  kill -0 "${started[0]}" 2>/dev/null || { cat "$work/simulator.log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$base" ] || { say "the simulator did not start: $(cat "$work/simulator.log")" >&2; exit 1; }
say "$dim\$ java -jar $simulator --port 0 --control$plain"
head -n 1 "$work/simulator.log"

cat >"$work/hsmrest.properties" <<CONF
endpoint = $base
approval.timeout = 2m
approval.progress = console
CONF
# The TLS server may use one key and sees no other.
cat >"$work/server.properties" <<CONF
endpoint = $base
keys.include = www.example.org
CONF
say "$dim\$ cat $work/hsmrest.properties$plain"
cat "$work/hsmrest.properties"
# Registers the provider for a JVM, as conf/java.security.example explains.
registered() { sed "s#\${user.dir}/conf/hsmrest.properties#$1#" conf/java.security.example; }
registered "$work/hsmrest.properties" >"$work/java.security"
registered "$work/server.properties" >"$work/server.security"

# --- what each step costs -------------------------------------------------------------------------
summary=()
requests() { curl -sS "$base/__simulator/requests" | sed -n 's/.*"total" *: *\([0-9]*\).*/\1/p'; }
now() { date +%s%3N; }
begin() { step "$1"; began_requests=$(requests); began=$(now); }
end() {
  summary+=("$(printf '%-66s %4d requests %7d ms' "$1" $(($(requests) - began_requests)) $(($(now) - began)))")
}

# The approver's command line, as alice would type it at her own desk.
export APPROVER_PASSWORD=demo-only
hsmrest() { java -jar "$provider" "$@"; }
approver=(--key "$work/approver.p12" --password env:APPROVER_PASSWORD)

# Runs a command that blocks while alice, in another process, notices the request and approves.
approved() {
  local interval=100ms
  : >"$work/approver.log"
  [ "$think" -eq 0 ] || interval=${think}s
  say "$dim[alice] \$ java -jar $provider approve ${approver[*]} --watch --yes$plain"
  java -jar "$provider" approve "${approver[@]}" --config "$work/hsmrest.properties" --watch --yes \
    --interval "$interval" >"$work/approver.log" 2>&1 &
  local alice=$!
  started+=("$alice")
  run "$@"
  for _ in $(seq 1 50); do grep -q '^Approved' "$work/approver.log" && break; sleep 0.1; done
  kill "$alice"
  wait "$alice" 2>/dev/null || true
  sed 's/^/[alice] /' "$work/approver.log"
}

java_demo() { printf 'demo/%s.java' "$1"; }
registration=(-cp "$provider" -Djava.security.properties="$work/java.security")
hsm=(-keystore NONE -storetype HsmRest -providerclass io.hsmrest.provider.HsmRestProvider
  -providerarg "$work/hsmrest.properties" -providerpath "$provider")

# --- 1 --------------------------------------------------------------------------------------------
begin "1. An approver, and two CA keys that nobody uses without the approver"
run keytool -genkeypair -alias alice -keyalg RSA -keysize 2048 -dname CN=alice \
  -keystore "$work/approver.p12" -storetype PKCS12 -storepass:env APPROVER_PASSWORD
say "$dim\$ java -jar $provider approver-key ${approver[*]}$plain"
alice=$(hsmrest approver-key "${approver[@]}")
say "$alice"
gated_key() {
  local rule="{\"tokens\": [{\"name\": \"Token1\", \"timelock\": 0, \"timeout\": 600, \"groups\": [{\"name\": \"Group1\", \"quorum\": 1,
      \"approvals\": [$alice]}]}]}"
  cat >"$work/$1.json" <<JSON
{"label": "$1", "password": null, "id": null, "algorithm": "RSA", "algorithmOid": null,
 "curveOid": null, "keySize": 2048, "addressFormat": null,
 "attributes": {"encrypt": null, "decrypt": false, "verify": null, "sign": true, "wrap": null,
   "unwrap": false, "derive": false, "bip32": false, "extractable": false, "modifiable": true,
   "destroyable": true, "sensitive": null, "copyable": false},
 "policy": {
   "ruleUse": $rule,
   "ruleBlock": $rule,
   "ruleUnblock": $rule,
   "ruleModify": $rule,
   "keyStatus": {"blocked": false}}}
JSON
  run curl -sS -f -o /dev/null -w 'HTTP %{http_code}\n' -X POST "$base/v1/key" \
    -H 'Content-Type: application/json' --data-binary "@$work/$1.json"
}
gated_key CA.approver.securosys.com
gated_key CA.tls.example.org
say "Each of the four rules of both keys (use, block, unblock, modify) needs 1 of 1 approvals: alice's."
end "1. two CA keys under a policy"

# --- 2 --------------------------------------------------------------------------------------------
begin "2. Self-sign a CA key through KeyStore.setEntry: the call blocks until alice has approved"
approved java "${registration[@]}" "$(java_demo SelfSign)" "$work/hsmrest.properties" \
  CA.approver.securosys.com Approver-Intermediate-CA "$work/ca.pem" anyExtendedKeyUsage
run openssl x509 -in "$work/ca.pem" -noout -subject -ext basicConstraints,keyUsage,extendedKeyUsage
end "2. self-sign, approved"

# --- 3 --------------------------------------------------------------------------------------------
begin "3. A server key in the HSM, made and certified with stock keytool"
run keytool -genkeypair -alias www.example.org -keyalg EC -groupname secp256r1 \
  -dname "CN=www.example.org" -protected -providername HsmRest "${hsm[@]}"
run keytool -certreq -alias www.example.org -file "$work/www.csr" -storepass none "${hsm[@]}"
run openssl req -in "$work/www.csr" -noout -verify -subject
say ""
say "The CA key signs the certificate; alice is asked again."
approved java "${registration[@]}" "$(java_demo IssueCertificate)" "$work/hsmrest.properties" \
  CA.approver.securosys.com "$work/www.csr" www.example.org "$work/www-chain.pem"
run keytool -importcert -noprompt -alias www.example.org -file "$work/www-chain.pem" \
  -storepass none "${hsm[@]}"
run keytool -list -v -alias www.example.org -storepass none "${hsm[@]}"
run openssl x509 -in "$work/www-chain.pem" -noout -text -certopt no_pubkey,no_sigdump
run openssl verify -CAfile "$work/ca.pem" "$work/www-chain.pem"
end "3. key, CSR, approved certificate, chain of two, with keytool"

# --- 4 --------------------------------------------------------------------------------------------
begin "4. A TLS server that knows nothing of this project"
say "The first CA says extendedKeyUsage = anyExtendedKeyUsage, as the vendor's sample request does. OpenSSL"
say "does not take that for server authentication (its -purpose sslserver wants serverAuth or no such"
say "extension in a CA), so the server's certificate is renewed by the second CA, which has none."
approved java "${registration[@]}" "$(java_demo SelfSign)" "$work/hsmrest.properties" \
  CA.tls.example.org Demo-TLS-CA "$work/tls-ca.pem"
approved java "${registration[@]}" "$(java_demo IssueCertificate)" "$work/hsmrest.properties" \
  CA.tls.example.org "$work/www.csr" www.example.org "$work/www-tls-chain.pem"
run keytool -importcert -noprompt -alias www.example.org -file "$work/www-tls-chain.pem" \
  -storepass none "${hsm[@]}"
say "$dim\$ cat $work/server.properties$plain"
cat "$work/server.properties"
say "$dim\$ java -cp $provider -Djava.security.properties=$work/server.security -Dserver.keyStoreType=HsmRest \\"
say "    -Dserver.keyStore=$work/server.properties $(java_demo TlsServer)$plain"
: >"$work/server.log"
java -cp "$provider" -Djava.security.properties="$work/server.security" -Dserver.keyStoreType=HsmRest \
  -Dserver.keyStore="$work/server.properties" "$(java_demo TlsServer)" >"$work/server.log" 2>&1 &
server=$!
started+=("$server")
for _ in $(seq 1 150); do
  port=$(sed -n 's/^listening on port //p' "$work/server.log")
  [ -n "$port" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.1
done
cat "$work/server.log"
before_handshake=$(requests)
run openssl s_client -connect "127.0.0.1:$port" -tls1_3 -CAfile "$work/tls-ca.pem" \
  -verify_return_error -ign_eof </dev/null >"$work/s_client.log" 2>&1 \
  || { cat "$work/s_client.log" >&2; exit 1; }
grep -E '^(New, TLS|Verify return code|.*Verification|hello|depth=|Server certificate|subject=|issuer=)' "$work/s_client.log" | awk '!seen[$0]++'
say "HTTP requests that the HSM saw for this handshake: $(($(requests) - before_handshake))"
end "4. renewed chain, TLS server, one handshake"

# --- 5 --------------------------------------------------------------------------------------------
step "5. What it cost (the approver's thinking time of ${think} s and the starts of each JVM included)"
printf '%s\n' "${summary[@]}"
