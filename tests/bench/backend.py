# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API costs: requests a second, how long an answer takes, memory; with few channels in the
database and with many.

A local cloud of the benchmark's own. Beside the API's answers stands one that nginx gives alone, over the
same connections: what is left of the machine for the rest. Passwords are asked for at the backend's own
socket, since nginx slows down whoever guesses them.
"""

import json
import os
import subprocess
import sys
import time

import measure
from cloud import FILL, Cloud

CHANNELS = (10, 1000, 100000)
LIVE_SHARE = 100  # one channel in so many is live
CLIENTS = 8
SECONDS, QUICK_SECONDS = 5, 1
SIGN_UPS, QUICK_SIGN_UPS = 10, 3
READY_SECONDS = 30
PERSON = {"name": "bench-streamer", "password": "correct horse"}
OTHER = {**PERSON, "name": "bench-person-0"}  # whose oldest sessions end as new ones begin

HEADER = f"{'':<34}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}"


class Bench:
    """One row after the other."""

    def __init__(self, build, cloud, seconds):
        self.program, self.cloud, self.seconds = build + "/tests/bench/bench-api", cloud, seconds
        self.rows = {}

    def row(self, words, status, method, path, token="", body=None, at_socket=False):
        address = self.cloud.socket if at_socket else self.cloud.api
        command = [self.program, address, str(CLIENTS), str(self.seconds), str(status), method, path]
        command += [token] + ([json.dumps(body)] if body else [])
        output = subprocess.run(
            command,
            env={**os.environ, "SSL_CERT_FILE": self.cloud.ca_file},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        rate, median, late = map(float, output.split())
        self.rows[words] = rate
        print(f"  {words:<32}{rate:>10.0f}{median:>9.2f}{late:>9.2f}", flush=True)


def sign_up(cloud, name):
    """Returns a session's token and how long it took until the channel was ready, seconds."""
    begin = time.time()
    token = cloud.call("POST", "/v1/users", {**PERSON, "name": name})["token"]
    deadline = begin + READY_SECONDS
    while cloud.call("GET", "/v1/me/channel", token=token)["channel"]["state"] != "ready":
        if time.time() > deadline:
            raise RuntimeError("no channel becomes ready")
        time.sleep(0.02)
    return token, time.time() - begin


def fill(cloud, before, wanted):
    begin = time.time()
    cloud.sql(FILL.format(first=before + 1, last=wanted, share=LIVE_SHARE if wanted > 10 else 2))
    print(f"\nbackend: {wanted} channels ({time.time() - begin:.1f} s to make)\n{HEADER}", flush=True)


def run_all(bench, token):
    cloud = bench.cloud
    bench.row("nginx alone", 405, "OPTIONS", "/v1/channels")
    bench.row("home", 200, "GET", "/v1/channels?live=1")
    bench.row("channel page", 200, "GET", "/v1/channels/bench-streamer")
    bench.row("who am I", 200, "GET", "/v1/me", token)
    bench.row("chat token (quota: 200)", 201, "POST", "/v1/channels/bench-streamer/chat", token)
    bench.row("sign-in", 201, "POST", "/v1/sessions", "", OTHER, at_socket=True)
    memory = measure.proportional_megabytes(cloud.backend())
    print(f"  memory of the backend: {memory:.0f} MB", flush=True)



def main():
    build, quick = sys.argv[1], "--quick" in sys.argv
    print(f"backend: {os.cpu_count()} processors, and others' load is {os.getloadavg()[0]:.1f}")
    cloud = Cloud(build)
    try:
        token, _ = sign_up(cloud, PERSON["name"])
        n = QUICK_SIGN_UPS if quick else SIGN_UPS
        times = sorted(sign_up(cloud, f"bench-person-{i}")[1] for i in range(n))
        print(f"backend: sign-up until ready, {n} one after the other: "
              f"median {times[n // 2]:.2f} s, longest {times[-1]:.2f} s")
        bench, before = Bench(build, cloud, QUICK_SECONDS if quick else SECONDS), 0
        first = None
        for wanted in CHANNELS[:2] if quick else CHANNELS:
            fill(cloud, before, wanted)
            run_all(bench, token)
            before, first = wanted, first or dict(bench.rows)
    finally:
        cloud.close()
    print("\nbackend: requests a second with the most channels, of those with the fewest")
    for words, rate in bench.rows.items():
        print(f"  {words:<32}{rate / first[words]:>10.2f}")


main()
