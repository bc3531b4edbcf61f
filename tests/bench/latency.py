#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a streamer's clock to a viewer's eye: our player beside others, one after the other, on one
screen. A picture carries the time at which it was painted; bench-eyes reads it off the screen.

    latency.py BUILD [--quick] [--only PLAYER]    on a display of 640x360, as latency.sh makes it

Prints a table for each network, then what is held to a bound; fails when one is missed.
"""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from urllib.request import urlopen

import measure
import pages

STREAM_SECONDS = 24  # before the first player: hlsdemux2 begins 18 s back
SETTLE_SECONDS = 6  # after play, before latency counts
RUN_SECONDS = 20
QUICK_RUN_SECONDS = 12
STILL_MS = 100  # a picture that stands longer is frozen
PATH = "/api/video/v1/us-west-2.123456789012.channel.one.m3u8"
DELAY_MS, JITTER_MS = 25, 40

HEADER = (
    f"{'player':<28}{'min':>7}{'median':>8}{'p95':>7}{'first':>8}{'frozen':>8}"
    f"{'cpu':>7}{'pss':>7}\n{'':<28}{'s':>7}{'s':>8}{'s':>7}{'s':>8}{'s':>8}"
    f"{'s/min':>7}{'MB':>7}"
)


class Studio:
    """The streamer and the origin, with a network in front of it."""

    def __init__(self, build):
        programs = build + "/tests/bench/"
        self.process = subprocess.Popen(
            [programs + "bench-studio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.rtmp, self.http, self.proxy = map(int, self.hear().split())
        self.publisher = subprocess.Popen(
            [programs + "bench-publisher", f"rtmp://127.0.0.1:{self.rtmp}/app/sk_one"]
        )

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self):
        """Returns the next line that is an answer; the others are news."""
        return next(line for line in self.process.stdout if not line.startswith("#"))

    def bitrate(self):
        self.ask("bitrate")
        return int(self.hear())

    def direct(self):
        self.ask("direct")
        return f"http://127.0.0.1:{self.http}{PATH}"

    def network(self, bandwidth):
        self.ask(f"network delay {DELAY_MS} jitter {JITTER_MS} bandwidth {bandwidth}")
        return f"http://127.0.0.1:{self.proxy}{PATH}"

    def save(self, path, count):
        """Writes the stream's last whole segments into one file; returns how long they play."""
        with urlopen(self.direct()) as answer:
            master = answer.read().decode()
        rendition = [line for line in master.splitlines() if line.startswith("http")][0]
        with urlopen(rendition) as answer:
            lines = answer.read().decode().splitlines()
        seconds = 0.0
        segments = [
            (float(line[len("#EXTINF:") :].split(",")[0]), lines[i + 1])
            for i, line in enumerate(lines)
            if line.startswith("#EXTINF:")
        ][-count:]
        with open(path, "wb") as file:
            for duration, url in segments:
                with urlopen(url) as answer:
                    file.write(answer.read())
                seconds += duration
        return seconds

    def close(self):
        for process in (self.publisher, self.process):
            process.kill()
            process.wait()


class Eyes:
    """What is seen on the screen: times, and how old the picture was."""

    def __init__(self, build):
        self.seen = []
        self.process = subprocess.Popen(
            [build + "/tests/bench/bench-eyes"], stdout=subprocess.PIPE, text=True
        )
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            at, age = line.split()
            self.seen.append((int(at) / 1e6, int(age) / 1e3))

    def close(self):
        self.process.kill()
        self.process.wait()
        self.thread.join()


def quantile(values, share):
    return sorted(values)[int(share * (len(values) - 1))]


def frozen(seen, begin, end):
    """Seconds in which a picture stood for longer than it may."""
    times = [begin] + [at for at, _ in seen if begin < at < end] + [end]
    return sum(max(0, b - a - STILL_MS / 1e3) for a, b in zip(times, times[1:]))


def watch(build, player, url, seconds):
    """Has a player play for a while. Returns a row of figures, or None without a picture."""
    eyes = Eyes(build)
    started = time.time()
    process = player.start(url)
    try:
        play = player.wait_for_play(started)
        time.sleep(max(0, play + SETTLE_SECONDS - time.time()))
        usage = measure.Usage(process.pid)
        begin = time.time()
        time.sleep(max(0, play + seconds - begin))
        end = time.time()
        cpu, pss = usage.since()
    finally:
        measure.kill_group(process)
        eyes.close()
    ages = [age for at, age in eyes.seen if begin < at < end]
    first = [at for at, age in eyes.seen if at > play]
    if not ages:
        return None
    return {
        "min": min(ages),
        "median": statistics.median(ages),
        "p95": quantile(ages, 0.95),
        "first": first[0] - play,
        "frozen": frozen(eyes.seen, begin, end),
        "share": frozen(eyes.seen, begin, end) / (end - begin),
        "cpu": cpu,
        "pss": pss,
    }


def print_row(name, row):
    if row is None:
        print(f"{name:<28} showed nothing", flush=True)
        return
    print(
        f"{name:<28}{row['min']:7.2f}{row['median']:8.2f}{row['p95']:7.2f}{row['first']:8.2f}"
        f"{row['frozen']:8.2f}{measure.show(row['cpu'], 7, 1)}{measure.show(row['pss'], 7, 0)}",
        flush=True,
    )


def run_network(build, url, seconds, words, only):
    """The players over one network. Returns their rows by name."""
    print(f"\nlatency: {words}\n{HEADER}", flush=True)
    rows = {}
    for player in pages.players(build):
        missing = player.missing()
        if only and player.name != only:
            continue
        if missing:
            print(f"{player.name:<28} is missing: {missing}")
            continue
        rows[player.name] = watch(build, player, url, seconds)
        print_row(player.name, rows[player.name])
    return rows


def run_alone(build, studio, seconds):
    """Decoding without a picture: our element, and gst-launch with a file of the same stream."""
    path = "/tmp/bench-latency.ts"
    length = studio.save(path, 10)
    sinks = ["video-sink=fakesink sync=true", "audio-sink=fakesink sync=true"]
    commands = {
        "element": [build + "/tests/bench/bench-player", "element", studio.direct()],
        "gst-launch": ["gst-launch-1.0", "-q", "playbin3", f"uri=file://{path}", *sinks],
    }
    rows = {}
    print(f"\nlatency: alone, into nothing\n{'':<28}{'cpu':>7}{'pss':>7}", flush=True)
    for name, command in commands.items():
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(3)
        usage = measure.Usage(process.pid)
        time.sleep(min(seconds, length - 5))
        rows[name] = usage.since() if process.poll() is None else (None, None)
        measure.kill_group(process)
        print(f"{name:<28}{measure.show(rows[name][0], 7, 1)}{measure.show(rows[name][1], 7, 0)}")
    return rows


class Bounds:
    """What is held to a bound, printed as it is looked at."""

    def __init__(self):
        self.missed = 0
        print("\nbounds")

    def hold(self, what, value, most, unit="s"):
        if most is None:
            print(f"  not measured   {what}: what it is compared with is missing")
            return
        if value is None:
            print(f"  bound missed   {what}: nothing was shown")
            self.missed += 1
            return
        held = value <= most
        self.missed += not held
        word = "held        " if held else "bound missed"
        print(f"  {word}   {what}: {value:.2f} {unit}, at most {most:.2f}")


def check(loopback, jitter, alone):
    """Prints the bounds. Returns how many are missed."""
    bounds = Bounds()
    ours, theirs = loopback.get(pages.OURS) or {}, loopback.get(pages.AMAZON) or {}
    shaken = jitter.get(pages.OURS) or {}
    share = 100 * shaken["share"] if shaken else None
    chromium = theirs.get("pss") or (loopback.get(pages.HLS_JS) or {}).get("pss")
    gst_cpu = alone["gst-launch"][0]
    fifth = theirs["median"] / 5 if theirs else None
    bounds.hold("median on loopback", ours.get("median"), 0.5)
    bounds.hold("median on loopback, beside a fifth of Amazon's", ours.get("median"), fifth)
    bounds.hold("first frame on loopback", ours.get("first"), 0.5)
    bounds.hold("median with jitter", shaken.get("median"), 0.9)
    bounds.hold("frozen with jitter", share, 1, "%")
    bounds.hold("processor of the element", alone["element"][0], gst_cpu and 1.2 * gst_cpu, "s/min")
    bounds.hold("memory of the element", alone["element"][1], chromium and chromium / 4, "MB")
    return bounds.missed


def main():
    build = sys.argv[1]
    seconds = QUICK_RUN_SECONDS if "--quick" in sys.argv else RUN_SECONDS
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    load = os.getloadavg()[0]
    studio = Studio(build)
    try:
        time.sleep(STREAM_SECONDS)
        rate = studio.bitrate()
        print(f"latency: the stream has {rate / 1e6:.2f} Mb/s, 640x360 at 30 frames a second")
        print(f"latency: {os.cpu_count()} processors, and others' load is {load:.1f}")
        loopback = run_network(build, studio.direct(), seconds, "loopback", only)
        words = f"{DELAY_MS} ms each way, 0 to {JITTER_MS} ms of jitter, {2 * rate / 1e6:.2f} Mb/s"
        jitter = run_network(build, studio.network(2 * rate), seconds, words, only)
        alone = run_alone(build, studio, seconds)
    finally:
        studio.close()
    sys.exit(bool(check(loopback, jitter, alone)))


main()
