# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thumbnails of live streams, as large as Amazon IVS makes them of 720p: one picture at any address
below that of a server in a process of its own.

    python3 thumbnails.py
        Prints the server's address and serves until it is killed.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf, GLib

WIDTH, HEIGHT = 1280, 720
SHADES = 64  # as rough as a picture of the world: about 100 KB


def make():
    rows = bytearray()
    for y in range(HEIGHT):
        noise = os.urandom(WIDTH)
        for x in range(WIDTH):
            shade = noise[x] % SHADES
            rows += bytes((x * 160 // WIDTH + shade, y * 160 // HEIGHT + shade, 96 + shade))
    pixbuf = GdkPixbuf.Pixbuf.new_from_bytes(
        GLib.Bytes.new(bytes(rows)), GdkPixbuf.Colorspace.RGB, False, 8, WIDTH, HEIGHT, WIDTH * 3
    )
    return pixbuf.save_to_bufferv("jpeg", ["quality"], ["60"])[1]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    picture = make()

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(self.picture)))
        self.end_headers()
        self.wfile.write(self.picture)

    def log_message(self, *words):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):  # who scrolls on hangs up
            super().handle_error(request, client_address)


server = Server(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
