# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A busy chat: lines shown a second, worst frame, processor, and memory after few and many lines.

The worst frame is the longest time in which nothing could be drawn; "of it busy" is the most of a
processor's time that went into one such time: on a machine that has other work, that is ours.

Ours, and beside it, in the same run, a page in Chromium that adds an element for each line, as the
pages of web samples do, but keeps no more lines than we do.
"""

import collections
import os
import signal
import subprocess
import sys
import threading
import time

import measure
import pages

# Lines a second, and how long one block may keep a processor busy, milliseconds: a frame of 60 a
# second, or of 30 where nobody reads them all.
RATES = {10: 16.7, 100: 16.7, 1000: 33}
BURST_BUSY_MS = 33
RATE_SECONDS, QUICK_RATE_SECONDS = 20, 4
FEW_LINES, MANY_LINES, MANY_RATE = 2000, 100000, 2000  # the few come all at once, and first
QUICK_MANY_LINES = 10000
KEPT = 1000  # lines, as ours
GROWTH_MB = 10  # of memory, from FEW_LINES to MANY_LINES
SETTLE_SECONDS = 2
PATIENCE_SECONDS = 10  # a line that is not there by then does not come
OPEN_SECONDS = 20

HEADER = (
    f"{'':<26}{'':>8}{'shown':>10}{'frames':>10}{'worst':>10}{'of it':>10}\n"
    f"{'':<26}{'lines':>8}{'a second':>10}{'a second':>10}{'frame, ms':>10}{'busy':>10}"
    f"{'cpu %':>8}{'MB':>7}"
)

PAGE = """<!doctype html><meta charset="utf-8">
<style>body{margin:0;font:15px sans-serif}#lines{height:720px;overflow-y:scroll}
.line{padding:4px 12px;overflow-wrap:anywhere}b{color:#26a}time{color:#777;font-size:12px}</style>
<div id="lines"></div>
<script>
const lines = document.getElementById("lines");
const post = what => fetch("/say/" + what, {method: "POST"});
let shown = 0, longest = 0, last = performance.now();
setInterval(() => {
  const now = performance.now();
  longest = Math.max(longest, now - last - 4);
  last = now;
}, 4);
setInterval(() => { post(`stats ${shown} ${longest}`); longest = 0; }, 500);
const socket = new WebSocket("%(address)s", "%(token)s");
socket.onopen = () => post("play");
socket.onmessage = event => {
  const said = JSON.parse(event.data);
  const line = document.createElement("div");
  line.className = "line";
  const name = document.createElement("b"), when = document.createElement("time");
  name.textContent = said.Sender.Attributes.name + " ";
  when.textContent = new Date(said.SendTime).toLocaleTimeString() + " ";
  line.append(name, when, said.Content);
  const follows = lines.scrollTop + lines.clientHeight > lines.scrollHeight - 24;
  lines.append(line);
  if (lines.children.length > %(kept)d) lines.firstChild.remove();
  if (follows) lines.scrollTop = lines.scrollHeight;
  shown = Number(said.Id.slice("line-".length));
};
</script>
"""


Talk = collections.namedtuple("Talk", "late busy memory")
News = collections.namedtuple("News", "newest longest busy frames")


class Room:
    """A room in a process of its own, that talks as it is told."""

    def __init__(self, build):
        self.process = subprocess.Popen(
            [build + "/tests/bench/bench-chatter"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()

    def ask(self, words):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class OurChat:
    """The app's chat panel."""

    name = "StreamCat"

    def __init__(self, build):
        self.program = build + "/tests/bench/bench-chat"

    def missing(self):
        return None

    def start(self, room):
        self.process = subprocess.Popen(
            [self.program, room.address, room.ask("token")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout.readline() == "open\n"

    def take(self):
        """Returns the number of the newest line that was painted, and since the last time: the
        longest block and the most of a processor's time that went into one, milliseconds, and
        frames."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        newest, longest, most, frames = map(int, self.process.stdout.readline().split())
        return News(newest, longest / 1000, most / 1000, frames)

    def close(self):
        measure.kill_group(self.process)


class WebChat(pages.Page):
    """The page."""

    def __init__(self):
        super().__init__("a web page in Chromium", [], PAGE)
        self.lock, self.newest, self.longest = threading.Lock(), 0, 0

    def start(self, room):
        self.page = PAGE % {"address": room.address, "token": room.ask("token"), "kept": KEPT}
        super().start_page(self.page, self.hear)
        if not self.server.played.wait(OPEN_SECONDS):
            raise RuntimeError("the page does not open")

    def hear(self, words):
        kind, *figures = words.split("%20")
        if kind != "stats":
            return
        with self.lock:
            self.newest = int(figures[0])
            self.longest = max(self.longest, float(figures[1]))

    def take(self):
        with self.lock:
            newest, longest = self.newest, self.longest
            self.longest = 0
        return News(newest, longest, None, None)

    def close(self):
        measure.kill_group(self.process)


def add(total, more):
    """Returns what was since the begin, from that and from what was since then."""
    if more.busy is None:
        return News(more.newest, max(total.longest, more.longest), None, None)
    return News(
        more.newest,
        max(total.longest, more.longest),
        max(total.busy, more.busy),
        total.frames + more.frames,
    )


def talk(room, chat, words, n, rate):
    """Has n lines said and prints a row. Returns how many did not come, the longest block's time of
    a processor, and the megabytes."""
    before = chat.take().newest
    usage = measure.Usage(chat.process.pid)
    begin = time.time()
    room.ask(f"say {n} {rate}")
    deadline = time.time() + PATIENCE_SECONDS
    news = chat.take()
    while news.newest < before + n and time.time() < deadline:
        time.sleep(0.05)
        news = add(news, chat.take())
    seconds = time.time() - begin
    cpu, memory = usage.since()
    frames = None if news.frames is None else news.frames / seconds
    print(
        f"  {words:<24}{n:>8}{(news.newest - before) / seconds:>10.0f}"
        f"{measure.show(frames, 10, 0)}{news.longest:>10.1f}"
        f"{measure.show(news.busy, 10, 1)}{measure.show(cpu and cpu * 100 / 60, 8, 1)}"
        f"{measure.show(memory, 7, 1)}",
        flush=True,
    )
    return Talk(before + n - news.newest, news.busy, memory)


def run(build, chat, quick):
    """Returns what came of few lines, all at once, of each rate, and of all the rest of many."""
    print(f"\nchat: {chat.name}\n{HEADER}", flush=True)
    room = Room(build)
    chat.start(room)
    seconds = QUICK_RATE_SECONDS if quick else RATE_SECONDS
    many = QUICK_MANY_LINES if quick else MANY_LINES
    try:
        time.sleep(SETTLE_SECONDS)
        talks = [talk(room, chat, f"{FEW_LINES:,} all at once", FEW_LINES, 0)]
        talks += [talk(room, chat, f"{rate:,} a second", rate * seconds, rate) for rate in RATES]
        rest = many - FEW_LINES - sum(RATES) * seconds
        talks.append(talk(room, chat, f"the rest of {many:,}", rest, MANY_RATE))
    finally:
        chat.close()
        room.close()
    return talks


def judge(held, words):
    """Prints whether a bound is held, and returns that."""
    print(f"  {'held' if held else 'bound missed':<14}{words}")
    return held


def judge_all(talks):
    """Holds ours against the bounds, those of time on a processor's: a machine may be busy."""
    few, *rates, many = talks
    growth = many.memory - few.memory
    lost = sum(each.late for each in talks)
    print("\nbounds")
    verdicts = [
        judge(each.busy <= most, f"{rate} a second: busy for {each.busy:.1f} ms, at most {most}")
        for (rate, most), each in zip(RATES.items(), rates)
    ]
    verdicts += [
        judge(
            few.busy <= BURST_BUSY_MS,
            f"{FEW_LINES:,} all at once: busy for {few.busy:.1f} ms, at most {BURST_BUSY_MS}",
        ),
        judge(
            growth <= GROWTH_MB,
            f"memory after many lines, {few.memory:.1f} MB after {FEW_LINES:,}: {growth:+.1f} MB,"
            f" at most {GROWTH_MB}",
        ),
        judge(lost == 0, f"lines that were not shown: {lost}"),
    ]
    return all(verdicts)


def main():
    build, quick = sys.argv[1], "--quick" in sys.argv
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"chat: {os.cpu_count()} processors, and others' load is {os.getloadavg()[0]:.1f}")
    ours = run(build, OurChat(build), quick)
    peer = WebChat()
    if peer.missing():
        print(f"\nchat: {peer.name} is missing: {peer.missing()}")
    else:
        run(build, peer, quick)
    sys.exit(not judge_all(ours))


main()
