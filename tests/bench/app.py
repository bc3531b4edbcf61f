# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the app costs the desktop, beside a bare window of libadwaita in the same run: the time until
Home can be used, memory, the processor while nothing happens, and how cards scroll.

The two are started in turns. Home can be used after the first frame that has a card of a live channel
in full; the window of the other after its first frame. A local cloud answers, and files are in the
page cache: what is cold is the process. Memory is proportional (PSS), a while after that, each alone
on its desktop, the app with Home and no video.
"""

import os
import signal
import statistics
import subprocess
import sys
import time

import measure
from cloud import FILL, Cloud

START_RATIO = MEMORY_RATIO = 1.5  # at most
IDLE_PERCENT = 0.05  # of a processor: what is less is 0.0
FRAME_MS = 33
CARDS, FRAMES, QUICK_FRAMES = 10000, 600, 120
ROUNDS, QUICK_ROUNDS = 9, 3
LIVE = 12  # channels
SETTLE_SECONDS = 2
CPUCLOCK_SCHED = 2  # include/linux/posix-timers_types.h of the Linux kernel
IDLE_SECONDS, QUICK_IDLE_SECONDS = 30, 10

HEADER = (
    f"{'':<36}{'start, ms':>10}{'least':>8}{'most':>8}{'MB':>8}{'least':>8}{'most':>8}"
)


class Program:
    """A program with a window that says when it has drawn what it is there for."""

    def __init__(self, name, build, path, widget=None, environment=None):
        self.name, self.command = name, build + path
        self.environment = {
            **os.environ,
            **(environment or {}),
            "LD_PRELOAD": build + "/tests/bench/bench-frame.so",
        }
        if widget:
            self.environment["BENCH_WIDGET"] = widget
        self.starts, self.megabytes = [], []

    def start(self):
        """Starts it and returns how long that took, milliseconds."""
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [self.command],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        for line in self.process.stdout:
            if line.startswith("painted "):
                return int(line.split()[1]) / 1e3 - begin * 1e3
        raise RuntimeError(f"{self.name} draws nothing")

    def measure(self):
        self.starts.append(self.start())
        time.sleep(SETTLE_SECONDS)
        self.megabytes.append(measure.proportional_megabytes(self.process.pid))

    def close(self):
        measure.kill_group(self.process)

    def show(self):
        def figures(values, digits):
            return "".join(
                measure.show(each, width, digits)
                for each, width in zip(
                    (statistics.median(values), min(values), max(values)), (10 - 2 * digits, 8, 8)
                )
            )

        print(f"  {self.name:<34}{figures(self.starts, 0)}{figures(self.megabytes, 1)}", flush=True)


def ratio(ours, others):
    """Returns the median of what is measured, pair by pair."""
    return statistics.median(one / other for one, other in zip(ours, others))


def run_pairs(app, bare, rounds):
    """Starts both in turns. What the very first start of all does, such as looking for plugins of
    GStreamer, is printed, and not counted."""
    print(f"\napp: {rounds} starts of each, in turns; the median\n{HEADER}", flush=True)
    first = app.start()
    app.close()
    for _ in range(rounds):
        for each in (bare, app):
            each.measure()
            each.close()
    bare.show()
    app.show()
    print(f"  the app's first start on a new desktop: {first:.0f} ms", flush=True)


def processor_seconds(pid):
    """Returns what a process used, with its threads that ended, to the nanosecond: ticks are too
    coarse here. The clock is the kernel's for that process, numbered as by
    clock_getcpuclockid()."""
    return time.clock_gettime((~pid << 3) | CPUCLOCK_SCHED)


def run_idle(program, seconds):
    """Returns what a program uses of a processor while nobody does anything, percent."""
    program.start()
    try:
        time.sleep(SETTLE_SECONDS * 2)
        before, begin = processor_seconds(program.process.pid), time.monotonic()
        time.sleep(seconds)
        used = processor_seconds(program.process.pid) - before
        percent = used / (time.monotonic() - begin) * 100
    finally:
        program.close()
    print(f"  {program.name:<34}{percent:>10.3f}", flush=True)
    return percent


def run_cards(build, frames):
    """Returns the most of a processor's time that went into a frame, milliseconds, by the way of
    scrolling."""
    print(
        f"\napp: scrolling {CARDS:,} cards of live channels\n{'':<36}{'frames':>10}{'worst, ms':>10}{'of it busy':>11}{'over ' + str(FRAME_MS):>9}",
        flush=True,
    )
    server = subprocess.Popen(
        ["python3", os.path.join(os.path.dirname(__file__), "thumbnails.py")],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    pictures = server.stdout.readline().strip()
    if not pictures:
        sys.exit("app: nothing serves the thumbnails")
    process = subprocess.Popen(
        [build + "/tests/bench/bench-cards", str(CARDS), str(frames), pictures],
        env={**os.environ, "GTK_A11Y": "none"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    busy = {}
    for line in process.stdout:
        words, n, longest, most, late = line.split()
        busy[words] = int(most) / 1000
        print(
            f"  {words:<34}{n:>10}{int(longest) / 1000:>10.1f}{busy[words]:>11.1f}{late:>9}",
            flush=True,
        )
        memory = measure.proportional_megabytes(process.pid)
    measure.kill_group(process)
    measure.kill_group(server)
    print(f"  memory: {memory:.1f} MB", flush=True)
    return busy


def judge(held, words):
    """Prints whether a bound is held, and returns that."""
    print(f"  {'held' if held else 'bound missed':<14}{words}")
    return held


def judge_all(app, bare, idle, busy):
    start, memory = ratio(app.starts, bare.starts), ratio(app.megabytes, bare.megabytes)
    print("\nbounds")
    verdicts = [
        judge(start <= START_RATIO, f"until Home: {start:.2f} of the bare window, at most {START_RATIO}"),
        judge(memory <= MEMORY_RATIO, f"memory: {memory:.2f} of the bare window, at most {MEMORY_RATIO}"),
        judge(idle < IDLE_PERCENT, f"idle: {idle:.3f} % of a processor, less than {IDLE_PERCENT}"),
    ]
    verdicts += [
        judge(busy[way] <= FRAME_MS, f"a frame {words}: busy for {busy[way]:.1f} ms, at most {FRAME_MS}")
        for way, words in (("wheel", "by the wheel"), ("jumps", "by the scroll bar"))
    ]
    return all(verdicts)


def main():
    build, quick = sys.argv[1], "--quick" in sys.argv
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"app: {os.cpu_count()} processors, and others' load is {os.getloadavg()[0]:.1f}")
    busy = run_cards(build, QUICK_FRAMES if quick else FRAMES)
    cloud = Cloud(build)
    try:
        cloud.sql(FILL.format(first=1, last=LIVE, share=1))
        bare = Program("a bare window", build, "/tests/bench/bench-bare")
        to_cloud = {"STREAMCAT_SERVER": cloud.api, "SSL_CERT_FILE": cloud.ca_file}
        app = Program("StreamCat", build, "/src/app/streamcat", "ScChannelCard", to_cloud)
        run_pairs(app, bare, QUICK_ROUNDS if quick else ROUNDS)
        print(f"\napp: idle\n{'':<36}{'cpu %':>10}", flush=True)
        seconds = QUICK_IDLE_SECONDS if quick else IDLE_SECONDS
        run_idle(bare, seconds)
        idle = run_idle(app, seconds)
    finally:
        cloud.close()
    sys.exit(not judge_all(app, bare, idle, busy))


main()
