#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test-bundle.py BUNDLE.PY EMPTY-ROOT LAMBDA LAMBDA-BOOTSTRAP REVIEW REVIEW-BOOTSTRAP

The zips of the functions: made twice they are the same bytes, and each runs where there is nothing
but the zip, over TLS that an authority of the zip vouches for: that of a service, and that of a
database, which is Amazon RDS's own.
"""

import http.server
import json
import os
import pathlib
import queue
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import zipfile

RUNTIME = "/2018-06-01/runtime/"
POSTGRES = subprocess.check_output(["pg_config", "--bindir"], text=True).strip()
REFUSED = 125  # streamcat-empty-root: this machine does not let it

# So long a program may take to answer before it counts as one that hangs.
PATIENCE = 60

RULES = {"modes": {}, "rules": {"links": "refuse"}, "languages": ["en"]}
LINE = {
    "Content": "hello",
    "MessageId": "m",
    "RoomArn": "arn:aws:ivschat:us-west-2:123456789012:room/abc",
    "Sender": {"UserId": "u", "Attributes": {"role": "viewer"}},
}
REQUEST = {
    "version": "2.0",
    "rawPath": "/v1/nothing",
    "rawQueryString": "",
    "headers": {},
    "requestContext": {"http": {"method": "GET"}},
}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, data = self.server.answer(self.path, body)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": len(data)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = reply

    def log_message(self, *arguments):
        pass


class RuntimeApi:
    """Gives one event, and holds the question for another."""

    def __init__(self, event):
        self.events = queue.Queue()
        self.events.put(event)
        self.posts = queue.Queue()
        self.server = Server(self.answer)

    def answer(self, path, body):
        if path == RUNTIME + "invocation/next":
            event = json.dumps(self.events.get()).encode()
            return 200, {"Lambda-Runtime-Aws-Request-Id": "1"}, event
        self.posts.put((path.removeprefix(RUNTIME), json.loads(body)))
        return 202, {}, b"{}"


def make_certificate(folder):
    """Returns the file of an authority, and that of a key and a certificate by it."""
    folder.mkdir(exist_ok=True)
    authority, server = folder / "authority.pem", folder / "server.pem"
    common = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
              "-nodes", "-days", "2"]
    subprocess.run([*common, "-subj", "/CN=Test", "-keyout", folder / "ca.key", "-out", authority],
                   check=True, capture_output=True)
    subprocess.run([*common, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                    "-addext", "basicConstraints=critical,CA:FALSE", "-CA", authority,
                    "-CAkey", folder / "ca.key", "-keyout", server, "-out", folder / "server.crt"],
                   check=True, capture_output=True)
    with open(server, "a", encoding="ascii") as file:
        file.write((folder / "server.crt").read_text())
    return authority, server


def make_zip(bundle, program, bootstrap, authorities, output):
    certificates = [word for path in authorities for word in ("--certificates", path)]
    said = subprocess.run([bundle, "--program", program, "--bootstrap", bootstrap, *certificates,
                           "--output", output], check=True, capture_output=True, text=True)
    print("#", said.stdout.strip())
    return output


def unpack(path, folder):
    """Unpacks with the modes that the zip gives, as AWS Lambda does."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            target = pathlib.Path(archive.extract(entry, folder))
            target.chmod(entry.external_attr >> 16 & 0o777)
    return folder


def run(empty_root, folder, event, environment):
    """Returns what the function in a folder posts for an event, or None where it cannot run."""
    api = RuntimeApi(event)
    address = f"127.0.0.1:{api.server.server_port}"
    process = subprocess.Popen([empty_root, folder], stderr=subprocess.PIPE, text=True,
                               env={**environment, "AWS_LAMBDA_RUNTIME_API": address})
    try:
        return api.posts.get(timeout=PATIENCE)
    except queue.Empty:
        process.kill()
        said = process.stderr.read()
        if process.wait() == REFUSED:
            return None
        return "", {"said": said}
    finally:
        process.kill()
        process.wait()


def look_at(path, forbidden):
    """Returns what is wrong with a zip."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    wrong = [name for name in names for word in forbidden if word in name]
    wrong += [e.filename for e in entries if e.date_time != (1980, 1, 1, 0, 0, 0)]
    modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in entries}
    if names != sorted(names) or modes.get("bootstrap") != 0o755:
        wrong.append("order or modes")
    return wrong


class Database:
    """A PostgreSQL that only takes TLS, with a certificate by an authority of its own."""

    def __init__(self, folder, server):
        data = folder / "data"
        subprocess.run([f"{POSTGRES}/initdb", "--no-sync", "--auth=trust", "--username=streamcat",
                        "-D", data], check=True, capture_output=True)
        (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 trust\n")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "fsync": "off", "ssl": "on",
                    "unix_socket_directories": folder, "ssl_cert_file": server,
                    "ssl_key_file": server}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen([f"{POSTGRES}/postgres", "-D", data, *words],
                                        stderr=subprocess.PIPE, text=True)
        said = iter(self.process.stderr.readline, "")
        if not any("ready to accept connections" in line for line in said):
            raise SystemExit("PostgreSQL did not start")
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *arguments):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def conninfo(self, host):
        """Returns how a secret of the database would have it, without what a name server says."""
        return (f"host={host} hostaddr=127.0.0.1 port={self.port} dbname=postgres user=streamcat"
                " sslmode=verify-full")


def test_database(place, server, public, empty_root):
    """The function `migrate` signs in to a database, with its authority in the zip and without."""
    authorities = (place / "certificates.pem").read_bytes()
    cases = (
        ("its authority is the second of the zip", authorities, "localhost", True),
        ("another name than the certificate's is refused", authorities, "db.example.org", False),
        ("an unknown authority is refused", public, "localhost", False),
    )
    with Database(server.parent, server) as database:
        for what, held, host, is_trusted in cases:
            (place / "certificates.pem").write_bytes(held)
            posted = run(empty_root, place, {}, {
                "AWS_REGION": "us-west-2", "AWS_ACCESS_KEY_ID": "AKIATEST",
                "AWS_SECRET_ACCESS_KEY": "secret", "_HANDLER": "migrate",
                "STREAMCAT_DATABASE": database.conninfo(host)})
            if posted is None:
                yield f"database: {what} # SKIP no namespaces here", True
                continue
            path, body = posted
            print("#", path, json.dumps(body)[:300])
            good = path == "invocation/1/response" and body.get("applied", 0) > 0
            bad = path == "invocation/1/error" and "cannot be reached" in body.get("errorMessage", "")
            yield f"database: {what}", good if is_trusted else bad


def test(folder, arguments):
    bundle, empty_root, *programs = arguments
    pairs = {"lambda": programs[:2], "review": programs[2:]}
    authority, certificate = make_certificate(folder)
    rds, rds_server = make_certificate(folder / "rds")
    cloud = Server(lambda path, body: (200, {}, json.dumps(RULES).encode()), certificate)
    common = {
        "AWS_REGION": "us-west-2",
        "AWS_ACCESS_KEY_ID": "AKIATEST",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_ENDPOINT_URL": f"https://localhost:{cloud.server_port}",
    }
    functions = {
        "lambda": (REQUEST, {"_HANDLER": "api", "STREAMCAT_DATABASE": "host=/tmp"}),
        "review": (LINE, {"_HANDLER": "chat_review", "STREAMCAT_RULES_BUCKET": "bucket"}),
    }
    for name, pair in pairs.items():
        zips = [make_zip(bundle, *pair, [authority, rds], folder / f"{name}-{i}.zip")
                for i in (1, 2)]
        yield f"{name}: twice the same", zips[0].read_bytes() == zips[1].read_bytes()
        forbidden = ["libpq", "libsodium", "libssl"] if name == "review" else ["libgtk"]
        wrong = look_at(zips[0], forbidden)
        yield f"{name}: nothing but what it needs, in order {wrong or ''}", not wrong

        event, environment = functions[name]
        place = unpack(zips[0], folder / name)
        posted = run(empty_root, place, event, {**common, **environment})
        what = f"{name}: runs where nothing else is"
        if posted is None:
            yield f"{what} # SKIP no namespaces here", True
            continue
        path, body = posted
        print("#", path, json.dumps(body)[:300])
        good = body.get("statusCode") == 404 or body.get("ReviewResult") == "ALLOW"
        yield what, path == "invocation/1/response" and good
    yield from test_database(folder / "lambda", rds_server, authority.read_bytes(), empty_root)


def main():
    with tempfile.TemporaryDirectory() as folder:
        number = 0
        for number, (name, passed) in enumerate(test(pathlib.Path(folder), sys.argv[1:]), 1):
            print("ok" if passed else "not ok", number, "-", name, flush=True)
        print(f"1..{number}")


if __name__ == "__main__":
    main()
