# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The players that latency.py measures: each a program in a window, or a page in Chromium.

Amazon's web player is under the AWS Customer Agreement and no part of StreamCat: it is measured
where `./dev fetch peers --proprietary` put it.
"""

import http.server
import mimetypes
import os
import subprocess
import tempfile
import threading
import time

OURS, AMAZON, HLS_JS = "StreamCat", "amazon-ivs-player", "hls.js"
PEERS = "/peers"
PROPRIETARY = "/proprietary/node_modules/"
PLAY_SECONDS = 20  # a player that has not begun to play by then never will
LIBRARIES = ":".join(
    PEERS + "/usr/lib/x86_64-linux-gnu" + name for name in ("", "/pulseaudio", "/blas", "/lapack")
)

PAGE = """<!doctype html><meta charset="utf-8">
<style>body{margin:0;background:#000;overflow:hidden}
video{position:fixed;left:0;top:0;width:640px;height:360px}</style>
<video id="video" playsinline></video>
<script>
const video = document.getElementById("video");
const say = what => fetch("/say/" + what, {method: "POST"});
window.onerror = (message) => say("error " + message);
</script>
"""

HLS_PAGE = (
    PAGE
    + """<script src="/hls/hls.min.js"></script>
<script>
say("play");
const hls = new Hls();
hls.loadSource("%(url)s");
hls.attachMedia(video);
video.play();
</script>
"""
)

# Amazon's player is a CommonJS module; this is as much of a loader as it asks for.
AMAZON_PAGE = (
    PAGE
    + """<script>
class Emitter {
  constructor() { this.all = {}; }
  on(name, call) { (this.all[name] ??= []).push(call); return this; }
  addListener(name, call) { return this.on(name, call); }
  once(name, call) { const one = (...a) => { this.off(name, one); call(...a); }; return this.on(name, one); }
  off(name, call) { this.all[name] = (this.all[name] || []).filter(c => c !== call); return this; }
  removeListener(name, call) { return this.off(name, call); }
  removeAllListeners(name) { if (name) delete this.all[name]; else this.all = {}; return this; }
  emit(name, ...a) { (this.all[name] || []).slice().forEach(c => c(...a)); return true; }
  listenerCount(name) { return (this.all[name] || []).length; }
  listeners(name) { return (this.all[name] || []).slice(); }
  setMaxListeners() { return this; }
}
Emitter.EventEmitter = Emitter;
const loaded = {events: Emitter, util: {}};
const get = path => {
  const request = new XMLHttpRequest();
  request.open("GET", path, false);
  request.send();
  return request.status === 200 ? request : null;
};
function load(path) {
  if (path in loaded) return loaded[path];
  const answer = get("/module/" + path);
  if (!answer) throw new Error("no module " + path);
  const module = {exports: {}};
  loaded[path] = module.exports;
  const base = answer.getResponseHeader("X-Module").split("/").slice(0, -1);
  const near = name => {
    if (!name.startsWith(".")) return load(name);
    const parts = base.slice();
    for (const part of name.split("/"))
      if (part === "..") parts.pop(); else if (part !== ".") parts.push(part);
    return load(parts.join("/"));
  };
  new Function("module", "exports", "require", answer.responseText)(module, module.exports, near);
  return loaded[path] = module.exports;
}
const ivs = load("amazon-ivs-player");
const at = name => new URL("/module/amazon-ivs-player/dist/assets/" + name, location).href;
const player = ivs.create({
  wasmWorker: at("amazon-ivs-wasmworker.min.js"),
  wasmBinary: at("amazon-ivs-wasmworker.min.wasm"),
});
player.attachHTMLVideoElement(video);
player.addEventListener(ivs.PlayerEventType.ERROR, e => say("error " + e.type + " " + e.message));
say("play");
player.load("%(url)s");
player.play();
</script>
"""
)


class Player:
    """A program in a window. What it takes for the moment of play is the start of its process."""

    def __init__(self, name, needs, command, environment=None):
        self.name, self.needs, self.command = name, needs, command
        self.environment = environment or {}
        self.process = None

    def missing(self):
        """Returns what has to be fetched first, or None."""
        absent = [path for path in self.needs if not os.path.exists(path)]
        return f"no {absent[0]}" if absent else None

    def start(self, url):
        self.process = subprocess.Popen(
            [word.replace("URL", url) for word in self.command],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self.process

    def wait_for_play(self, started):
        """Returns the moment of play, as a time of day."""
        return started


class OurPlayer(Player):
    """Says itself when it was told to play: its window was there before."""

    def wait_for_play(self, started):
        word, moment = self.process.stdout.readline().split()
        assert word == b"play"
        return int(moment) / 1e6


class Page(Player):
    """A page in Chromium that says when it was told to play."""

    def __init__(self, name, needs, page):
        chromium = PEERS + "/usr/lib/chromium/chromium"
        super().__init__(name, [chromium, *needs], [chromium], {"LD_LIBRARY_PATH": LIBRARIES})
        self.page = page

    def start(self, url):
        return self.start_page(self.page % {"url": url})

    def start_page(self, text, hear=None):
        """Shows a page, of whose words each that is not known here goes to hear."""
        self.server = PageServer(text, hear)
        self.profile = tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)
        self.command = [
            self.needs[0],
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--autoplay-policy=no-user-gesture-required",
            "--window-size=640,360",
            "--window-position=0,0",
            "--user-data-dir=" + self.profile.name,
            "--kiosk",
            f"http://127.0.0.1:{self.server.server_port}/",
        ]
        return super().start("")

    def wait_for_play(self, started):
        if not self.server.played.wait(PLAY_SECONDS):
            return time.time()
        return self.server.play


class PageServer(http.server.ThreadingHTTPServer):
    """Has the page and the scripts, and hears what the page says."""

    daemon_threads = True

    def __init__(self, page, hear=None):
        super().__init__(("127.0.0.1", 0), PageHandler)
        self.hear = hear
        self.page, self.play, self.played = page, None, threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class PageHandler(http.server.BaseHTTPRequestHandler):
    """One request of the page."""

    def log_message(self, *_):
        pass

    def do_POST(self):
        if self.path == "/say/play" and not self.server.play:
            self.server.play = time.time()
            self.server.played.set()
        elif self.path.startswith("/say/error"):
            print("  the page says:", self.path[5:120], flush=True)
        elif self.server.hear:
            self.server.hear(self.path.removeprefix("/say/"))
        self.answer(b"", "text/plain")

    def do_GET(self):
        if self.path == "/":
            self.answer(self.server.page.encode(), "text/html")
            return
        path = self.find()
        if not path:
            self.send_error(404)
            return
        with open(path, "rb") as file:
            body = file.read()
        kind = mimetypes.guess_type(path)[0] or "text/plain"
        self.answer(body, kind, path.removeprefix(PROPRIETARY))

    def find(self):
        """Returns the file that is asked for: a script, or a module as CommonJS finds it."""
        kind, _, name = self.path.lstrip("/").partition("/")
        if kind == "hls":
            return f"{PEERS}/node_modules/hls.js/dist/{name}"
        base = PROPRIETARY + name
        mains = ["", ".js", "/index.js", "/dist/index.js", "/es5.js", "/lib/index.js"]
        return next((base + main for main in mains if os.path.isfile(base + main)), None)

    def answer(self, body, kind, module=""):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Module", module)
        self.end_headers()
        self.wfile.write(body)


def players(build):
    """Returns the players in their order: ours first."""
    sinks = ["video-sink=ximagesink", "audio-sink=pulsesink"]
    ours = build + "/tests/bench/bench-player"
    mpv = PEERS + "/usr/bin/mpv"
    quiet = ["-loglevel", "quiet", "-noborder", "-left", "0", "-top", "0"]
    window = ["--no-config", "--no-border", "--geometry=640x360+0+0", "--vo=x11", "--no-osc"]
    hls_js = PEERS + "/node_modules/hls.js/dist/hls.min.js"
    return [
        OurPlayer(OURS, [ours], [ours, "app", "URL"]),
        Page(AMAZON, [PROPRIETARY + "amazon-ivs-player"], AMAZON_PAGE),
        Page(HLS_JS, [hls_js], HLS_PAGE),
        Player("playbin3 (hlsdemux2)", [], ["gst-launch-1.0", "playbin3", "uri=URL", *sinks]),
        Player("mpv", [mpv], [mpv, *window, "URL"], {"LD_LIBRARY_PATH": LIBRARIES}),
        Player("ffplay", [], ["ffplay", *quiet, "URL"]),
    ]
