#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A streamer who is always live: signs up, or in again, and publishes a test picture with ffmpeg.

    tests/demo-streamer.py READY-FILE STATE-FOLDER

It only does what anyone can do with the public API. Its password stays in the state folder.
"""

import json
import os
import secrets
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

NAME = "demo"
TITLE = "A test picture and a tone"
READY_SECONDS = 60  # provisioning makes three resources
PAUSE_SECONDS = 3  # before ffmpeg is started again
PICTURE = (
    "testsrc2=size=1280x720:rate=30,"
    "drawtext=text='%{localtime\\:%T}':fontsize=96:fontcolor=white:box=1:boxcolor=black@0.5:"
    "boxborderw=20:x=(w-tw)/2:y=(h-th)/2"
)
ENCODER = (
    "-c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -g 60 -b:v 2500k"
    " -c:a aac -b:a 128k -f flv"
).split()


class Api:
    """The API as one person uses it."""

    def __init__(self, ready):
        self.url = ready["api_url"]
        self.context = ssl.create_default_context(cafile=ready["ca_file"])
        self.token = None

    def call(self, method, path, body=None):
        """Returns the answer's JSON; raises HTTPError when the API refuses."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
            return json.loads(answer.read() or b"{}")


def keep_password(folder):
    """Returns the password of last time, or a new one that is kept."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = os.path.join(folder, "password")
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        password = secrets.token_urlsafe(24)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(password)
        return password


def sign_in(api, password):
    """Signs in, or up when the cloud does not know the streamer yet."""
    person = {"name": NAME, "password": password}
    try:
        api.token = api.call("POST", "/v1/sessions", person)["token"]
    except urllib.error.HTTPError as error:
        if error.code != 401:
            raise
        api.token = api.call("POST", "/v1/users", person)["token"]


def wait_for_channel(api):
    """Returns the own channel once it is ready."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        channel = api.call("GET", "/v1/me/channel")["channel"]
        if channel["state"] == "ready":
            return channel
        if channel["state"] == "failed" or time.monotonic() > deadline:
            sys.exit(f"demo streamer: the channel is {channel['state']}")
        time.sleep(0.5)


def publish(server, key):
    """Publishes until ffmpeg ends. ffmpeg takes a key only as an argument; ./dev hides processes."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-re", "-f", "lavfi", "-i", PICTURE]
    command += ["-re", "-f", "lavfi", "-i", "sine=frequency=440:beep_factor=2:sample_rate=48000"]
    subprocess.run([*command, *ENCODER, server + key], check=False)


def main():
    """Stays live until killed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # an exception, so that ffmpeg ends too
    with open(sys.argv[1], encoding="utf-8") as file:
        ready = json.load(file)
    api = Api(ready)
    sign_in(api, keep_password(sys.argv[2]))
    api.call("PATCH", "/v1/me/channel", {"title": TITLE})
    channel = wait_for_channel(api)
    while True:
        publish(channel["ingest_server"], api.call("GET", "/v1/me/channel/key")["key"])
        time.sleep(PAUSE_SECONDS)


main()
