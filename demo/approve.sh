#!/usr/bin/env bash
# An approver at work, with nothing but curl and openssl: fetches the tasks that wait for this
# approver's key, shows what is to be signed, signs approvalToBeSigned and sends the approval.
#
#   demo/approve.sh BASE_URL PRIVATE_KEY.pem [SECONDS]
#
# Waits up to 60 seconds for a task, then lets SECONDS (default 0) pass before it approves, as a
# person would. Works against the simulator and against the service (contract: /v1/filtered...
# ApprovalTask and /v1/approval). Exit code 0 when a task was approved, 1 when none came.
set -euo pipefail
base=${1:?base URL, for example http://127.0.0.1:8080}
key=${2:?the approver\'s private key, PEM}
think=${3:-0}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

public_key=$(openssl pkey -in "$key" -pubout -outform DER | base64 | tr -d '\n')

# The value of a string member in one line of JSON; enough for base64 and UUIDs.
member() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }

sign() { openssl dgst -sha256 -sign "$key" "$1" | base64 | tr -d '\n'; }

post() {
  local status
  status=$(curl -sS -o "$work/answer" -w '%{http_code}' -X POST "$base$1" \
    -H 'Content-Type: application/json' --data-binary @"$2")
  if [ "$status" -ge 300 ]; then
    echo "approver: $1 answered HTTP $status: $(cat "$work/answer")" >&2
    exit 1
  fi
  tr -d '\n' <"$work/answer"
}

fetch() {
  date -u +%Y-%m-%dT%H:%M:%SZ | tr -d '\n' >"$work/timestamp"
  cat >"$work/fetch.json" <<JSON
{"timestamp": "$(cat "$work/timestamp")", "timestampSignature": "$(sign "$work/timestamp")",
 "timestampDigestAlgorithm": "SHA-256", "approverPublicKey": "$public_key", "detailLevel": "level2"}
JSON
  post /v1/filteredSignApprovalTask "$work/fetch.json"
}

for _ in $(seq 1 120); do
  task=$(fetch)
  id=$(printf '%s' "$task" | grep -o '"tasks".*' | grep -o '"id" *: *"[^"]*"' | head -n 1 | member id || true)
  [ -n "$id" ] && break
  sleep 0.5
done
if [ -z "${id:-}" ]; then
  echo "approver: no task came within 60 seconds" >&2
  exit 1
fi

to_be_signed=$(printf '%s' "$task" | grep -o '"approvalToBeSigned" *: *"[^"]*"' | head -n 1 | member approvalToBeSigned)
metadata=$(printf '%s' "$task" | grep -o '"metaData" *: *"[^"]*"' | head -n 1 | member metaData || true)
sleep "$think"
{
  echo "approver: task $id"
  [ -n "$metadata" ] && echo "approver: asks $(printf '%s' "$metadata" | base64 -d)"
  echo "approver: signs $(printf '%s' "$to_be_signed" | base64 -d | wc -c) bytes of approvalToBeSigned with openssl, sends POST /v1/approval"
} >&2

printf '%s' "$to_be_signed" | base64 -d >"$work/approval"
cat >"$work/approval.json" <<JSON
{"id": "$id", "approvalToBeSigned": "$to_be_signed", "signature": "$(sign "$work/approval")",
 "approvalDigestAlgorithm": "SHA-256", "approverPublicKey": "$public_key"}
JSON
post /v1/approval "$work/approval.json" >/dev/null
