# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watching live channels and switching between them, for a while or for hours: what the app has in
memory at the end, beside what it has after warm-up. The pages of files are left out: what they cost
one program depends on who else runs. What is allocated by malloc() tells what is kept from what is
only not given back.

Two streamers are live on a local cloud. The app watches one after the other: by default each for a
few seconds, so that an evening's switches fit into a short run; with --hours, each for a minute.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time

import measure
from cloud import Cloud

GROWTH_PERCENT = 5  # at most
WARM_UP = 0.3  # of the run: all that is made once is made, and caches are full
WARM_UP_SECONDS = 180  # at least, which is some forty switches
SHARE = 0.15  # of the run: how much after warm-up, and at the end, makes a figure
MINUTES, QUICK_MINUTES = 20, 6
SECONDS, LONG_SECONDS = 4, 60  # in front of a channel
ROWS = 12  # of the table
CHANNELS = ("ada", "grace")
READY_SECONDS = LIVE_SECONDS = 30

HEADER = (
    f"{'':<14}{'switches':>9}{'MB':>9}{'least':>9}{'most':>9}{'allocated':>11}{'until it plays, ms':>20}"
)


def wait_for(condition, seconds, words):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(words)
        time.sleep(0.1)


def sign_up(cloud, name):
    """Returns where the streamer's encoder sends to, with the key."""
    person = {"name": name, "password": f"the password of {name}"}
    token = cloud.call("POST", "/v1/users", person)["token"]

    def channel():
        return cloud.call("GET", "/v1/me/channel", token=token)["channel"]

    wait_for(lambda: channel()["state"] == "ready", READY_SECONDS, f"{name} has no channel")
    key = cloud.call("GET", "/v1/me/channel/key", token=token)["key"]
    return channel()["ingest_server"] + key


def publish(cloud, url):
    return subprocess.Popen(
        ["ffmpeg", "-nostdin", "-loglevel", "error", "-re"]
        + ["-f", "lavfi", "-i", "testsrc=size=640x360:rate=30", "-f", "lavfi", "-i", "sine"]
        + ["-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-pix_fmt", "yuv420p"]
        + ["-b:v", "400k", "-c:a", "aac"]
        + ["-tls_verify", "1", "-ca_file", cloud.ca_file, "-f", "flv", url],
        start_new_session=True,
    )


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench soak")
    parser.add_argument("build")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_MINUTES} minutes")
    parser.add_argument("--hours", type=float, help="as long, and a minute for each channel")
    return parser.parse_args()


class Soak:
    """What was in memory at each switch."""

    def __init__(self, seconds):
        self.seconds, self.begin = seconds, time.monotonic()
        self.samples = []  # seconds since the begin, megabytes, milliseconds, megabytes of malloc()

    def is_over(self):
        return time.monotonic() - self.begin > self.seconds

    def take(self, line, pid):
        elapsed = time.monotonic() - self.begin
        milliseconds, allocated = map(int, line.split()[3:])
        memory = measure.own_megabytes(pid)
        self.samples.append((elapsed, memory, milliseconds, allocated / 1e6))

    def between(self, first, last):
        """Returns the samples of a part of the run, which is told by shares of it."""
        first, last = first * self.seconds, last * self.seconds
        return [sample for sample in self.samples if first <= sample[0] < last]

    def megabytes(self, first, last):
        return statistics.median(sample[1] for sample in self.between(first, last))

    def show(self, row):
        part = self.between(row / ROWS, (row + 1) / ROWS)
        if not part:
            return
        memory = [sample[1] for sample in part]
        until = f"{(row + 1) * self.seconds / ROWS / 60:.1f} min"
        print(
            f"  {until:<12}{len(part):>9}{statistics.median(memory):>9.1f}{min(memory):>9.1f}"
            f"{max(memory):>9.1f}{statistics.median(sample[3] for sample in part):>11.1f}"
            f"{statistics.median(sample[2] for sample in part):>20.0f}",
            flush=True,
        )


def watch(build, cloud, soak, seconds):
    """Has the app watch until the time is over, and prints a row now and then."""
    environment = {
        **os.environ,
        "STREAMCAT_SERVER": cloud.api,
        "SSL_CERT_FILE": cloud.ca_file,
    }
    process = subprocess.Popen(
        [build + "/tests/bench/bench-soak", str(seconds), *CHANNELS],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    row = 0
    try:
        for line in process.stdout:
            soak.take(line, process.pid)
            while soak.samples[-1][0] >= (row + 1) / ROWS * soak.seconds:
                soak.show(row)
                row += 1
            if soak.is_over():
                return
        raise RuntimeError(f"the app ended after {len(soak.samples)} channels")
    finally:
        measure.kill_group(process)


def main():
    arguments = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    minutes = (
        arguments.hours * 60
        if arguments.hours
        else QUICK_MINUTES if arguments.quick else MINUTES
    )
    cloud, encoders = Cloud(arguments.build), []
    try:
        encoders = [publish(cloud, sign_up(cloud, name)) for name in CHANNELS]
        wait_for(
            lambda: len(cloud.call("GET", "/v1/channels?live=1")["channels"]) == len(CHANNELS),
            LIVE_SECONDS,
            "nobody is live",
        )
        print(f"soak: {minutes:g} minutes, {len(CHANNELS)} live channels\n{HEADER}", flush=True)
        soak = Soak(minutes * 60)
        watch(arguments.build, cloud, soak, LONG_SECONDS if arguments.hours else SECONDS)
    finally:
        for encoder in encoders:
            measure.kill_group(encoder)
        cloud.close()
    warm_up = max(WARM_UP, WARM_UP_SECONDS / soak.seconds)
    warm, end = soak.megabytes(warm_up, warm_up + SHARE), soak.megabytes(1 - SHARE, 1)
    growth = (end / warm - 1) * 100
    held = growth <= GROWTH_PERCENT
    print(
        f"\nbounds\n  {'held' if held else 'bound missed':<14}{len(soak.samples)} switches:"
        f" {end:.1f} MB at the end, {warm:.1f} MB after warm-up: {growth:+.1f} %,"
        f" at most {GROWTH_PERCENT}"
    )
    sys.exit(not held)


main()
