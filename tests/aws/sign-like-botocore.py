#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs random requests with botocore and compares with what our signer, the first argument, says
of the same requests: one JSON object a line in, one Authorization header a line out."""

import base64
import datetime
import hashlib
import json
import random
import subprocess
import sys
from urllib.parse import quote

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

COUNT = 1000
SEED = 20261123
TEXT = "abcXYZ019-_.~/ %+=&@:,;!*'()$\u00e4\u4e2d\U0001f431"


def word(rng, alphabet, low, high):
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(low, high)))


def make_request(rng):
    segments = [quote(word(rng, TEXT, 0, 8), safe="~") for _ in range(rng.randint(0, 4))]
    segments += rng.choice([[], [], ["."], [".."], ["", "x"]])
    pairs = [
        quote(word(rng, TEXT, 1, 6), safe="~") + "=" + quote(word(rng, TEXT, 0, 6), safe="~")
        for _ in range(rng.randint(0, 5))
    ]
    when = datetime.datetime(2020, 1, 1) + datetime.timedelta(seconds=rng.randrange(10**9))
    headers = {"Host": rng.choice(["ivs.us-west-2.amazonaws.com", "localhost:4566"])}
    headers["X-Amz-Date"] = when.strftime("%Y%m%dT%H%M%SZ")
    headers["Content-Type"] = rng.choice(["application/json", "application/x-amz-json-1.1"])
    for _ in range(rng.randint(0, 4)):
        name = "X-" + word(rng, "ABCdef-", 1, 8)
        headers[name] = word(rng, "abc  \t,=12", 0, 20).strip()
    service = rng.choice(["ivs", "ivschat", "secretsmanager", "s3"])
    body = rng.randbytes(rng.randint(0, 300))
    if service == "s3":
        headers["X-Amz-Content-SHA256"] = hashlib.sha256(body).hexdigest()
    return {
        "method": rng.choice(["GET", "POST", "DELETE", "PUT"]),
        "path": "/" + "/".join(segments),
        "query": "&".join(pairs),
        "headers": headers,
        "body": base64.b64encode(body).decode(),
        "region": rng.choice(["us-west-2", "eu-central-1"]),
        "service": service,
        "access_key_id": word(rng, "ABCDEFGH234567", 20, 20),
        "secret": word(rng, "abcXYZ019/+", 40, 40),
    }


def sign(request):
    headers = request["headers"]
    query = "?" + request["query"] if request["query"] else ""
    aws_request = AWSRequest(
        method=request["method"],
        url="https://" + headers["Host"] + request["path"] + query,
        headers=headers,
        data=base64.b64decode(request["body"]),
    )
    aws_request.context["timestamp"] = headers["X-Amz-Date"]
    credentials = Credentials(request["access_key_id"], request["secret"])
    is_s3 = request["service"] == "s3"
    kind = botocore.auth.S3SigV4Auth if is_s3 else botocore.auth.SigV4Auth
    signer = kind(credentials, request["service"], request["region"])
    canonical = signer.canonical_request(aws_request)
    to_sign = signer.string_to_sign(aws_request, canonical)
    signature = signer.signature(to_sign, aws_request)
    names = signer.signed_headers(signer.headers_to_sign(aws_request))
    return (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(aws_request)}, "
        f"SignedHeaders={names}, Signature={signature}"
    )


def main():
    rng = random.Random(SEED)
    requests = [make_request(rng) for _ in range(COUNT)]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    output = subprocess.run(
        [sys.argv[1]], input=lines, stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    ours = output.splitlines()
    wrong = [i for i in range(COUNT) if i >= len(ours) or ours[i] != sign(requests[i])]
    print("1..1")
    for i in wrong[:3]:
        print("#", json.dumps(requests[i]), "\n# ours:  ", ours[i], "\n# theirs:", sign(requests[i]))
    print(f"{'not ' if wrong else ''}ok 1 - {COUNT} requests, {len(wrong)} differences")
    sys.exit(1 if wrong else 0)


main()
