# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A local cloud of a benchmark's own, and channels in its database."""

import json
import os
import ssl
import subprocess
import tempfile
import time
import urllib.request

import measure

START_SECONDS = 60

# Streams from a little later on: no Amazon IVS knows them, and none is asked about a stream so new.
FILL = """
WITH made AS (
  INSERT INTO users (name, password_hash)
  SELECT 'bench-' || n, '-' FROM generate_series({first}, {last}) n RETURNING id, name
), own AS (
  INSERT INTO channels (user_id, name, title, state, arn, room_arn, stage_arn, playback_url, ingest_endpoint)
  SELECT id, name, 'About ' || name, 'ready', 'arn:c:' || name, 'arn:aws:ivschat:us-west-2:1:room/' || name,
    'arn:s:' || name, 'https://localhost/' || name || '.m3u8', 'localhost' FROM made RETURNING user_id
)
INSERT INTO streams (id, user_id, created_at, started_at, width, height, frame_rate)
SELECT 'st-' || user_id, user_id, at, at, 1280, 720, 30
FROM own, LATERAL (SELECT now() + interval '1 hour' + user_id * interval '1 ms' AS at) t WHERE user_id % {share} = 0;
ANALYZE;
"""


class Cloud:
    """A local cloud in a folder that goes with it."""

    def __init__(self, build):
        self.folder = tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)
        self.state = self.folder.name + "/state"
        ready_file = self.folder.name + "/ready.json"
        with open(self.folder.name + "/log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [build + "/src/local/streamcat-local", "--state-dir", self.state]
                + ["--ready-file", ready_file],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.time() + START_SECONDS
        while not os.path.exists(ready_file):
            if self.process.poll() is not None or time.time() > deadline:
                raise RuntimeError("the local cloud does not start")
            time.sleep(0.1)
        with open(ready_file, encoding="utf-8") as file:
            self.ready = json.load(file)
        self.api, self.ca_file = self.ready["api_url"].rstrip("/"), self.ready["ca_file"]
        self.trust = ssl.create_default_context(cafile=self.ca_file)
        self.socket = self.state + "/run/backend.sock"

    def call(self, method, path, body=None, token=None):
        request = urllib.request.Request(
            self.api + path, method=method, data=json.dumps(body).encode() if body else None
        )
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", "Bearer " + token)
        with urllib.request.urlopen(request, context=self.trust) as answer:
            return json.load(answer)

    def sql(self, text):
        run = self.state + "/run"
        subprocess.run(
            ["psql", "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-h", run]
            + ["-U", "postgres", "-d", "streamcat", "-c", text],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def backend(self):
        """Returns the backend's process."""
        for pid in measure.family(self.process.pid):
            with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
                if file.read().strip() == "streamcat-backe":
                    return pid
        raise RuntimeError("no backend")

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()
