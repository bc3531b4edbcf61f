# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the local Amazon S3 against botocore: what is read, what is refused, and how it says so."""

import http.client
import os
import pathlib
import sys
import tempfile
import unittest
import urllib.parse

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "control"))
from test_control import Server, main  # noqa: E402  (it is beside this folder)

KEY = "ivs/v1/123456789012/AbCdef1G2hij/2026/1/2/3/4/j8Z9O91ndcVs/events/recording-ended.json"


class TestStorage(unittest.TestCase):
    """A bucket with an object, and what else a stranger might ask for."""

    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        path = os.path.join(self.directory.name, "cloud.json")
        self.write("cloud.json.buckets/one/" + KEY, b'{"version":"v1"}')
        self.write("cloud.json.buckets/one/a b+c&d/\u00e4.bin", b"\0\1\2")
        self.write("cloud.json.buckets/one/.hidden", b"written still")
        self.write("cloud.json.buckets/secret", b"no bucket")
        self.write("cloud.json.buckets/one/empty", b"")
        self.server = Server(path)
        self.s3 = self.server.client("s3")

    def tearDown(self):
        self.server.stop()
        self.directory.cleanup()

    def write(self, name, data):
        path = pathlib.Path(self.directory.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def refuse(self, status, code, operation, **arguments):
        with self.assertRaises(ClientError) as caught:
            getattr(self.s3, operation)(**arguments)
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)

    def send_raw(self, path, changed="", unsigned=False):
        """Signs a GET of @path and sends it with the path changed; returns status and body."""
        host = urllib.parse.urlsplit(self.server.url).netloc
        request = AWSRequest("GET", f"https://{host}{path}" if unsigned else f"http://{host}{path}")
        request.headers["Content-MD5"] = "unimportant"  # or botocore hashes the body in any case
        request.context["has_streaming_input"] = unsigned
        S3SigV4Auth(Credentials("AKIATEST", "secret"), "s3", "us-west-2").add_auth(request)
        connection = http.client.HTTPConnection(host)
        connection.request("GET", changed or path, headers=dict(request.headers))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body, request.headers["X-Amz-Content-SHA256"]

    def test_get(self):
        answer = self.s3.get_object(Bucket="one", Key=KEY)
        self.assertEqual(answer["Body"].read(), b'{"version":"v1"}')
        self.assertEqual(answer["ContentType"], "application/json")
        self.assertEqual(answer["ContentLength"], 16)
        self.assertTrue(answer["ResponseMetadata"]["RequestId"])

    def test_strange_keys(self):
        answer = self.s3.get_object(Bucket="one", Key="a b+c&d/\u00e4.bin")
        self.assertEqual(answer["Body"].read(), b"\0\1\2")
        self.assertEqual(answer["ContentType"], "binary/octet-stream")
        self.assertEqual(self.s3.get_object(Bucket="one", Key="empty")["Body"].read(), b"")

    def list(self, prefix, **more):
        answer = self.s3.list_objects_v2(Bucket="one", Prefix=prefix, **more)
        return [one["Key"] for one in answer.get("Contents", [])], answer["IsTruncated"]

    def test_list(self):
        self.assertEqual(self.list(""), (["a b+c&d/\u00e4.bin", "empty", KEY], False))
        self.assertEqual(self.list("ivs/v1/123456789012/AbCdef1G2hij/"), ([KEY], False))
        self.assertEqual(self.list("ivs/v1/123456789012/AbCdef1G2"), ([KEY], False))
        self.assertEqual(self.list("e"), (["empty"], False))
        self.assertEqual(self.list("", MaxKeys=1), (["a b+c&d/\u00e4.bin"], True))
        for prefix in ("../", "../secret", "ivs/../../", ".hidden", "none/"):
            self.assertEqual(self.list(prefix), ([], False))
        self.refuse(404, "NoSuchKey", "list_objects_v2", Bucket="none")

    def test_delete(self):
        wanted = [{"Key": key} for key in (KEY, "a b+c&d/\u00e4.bin", "none", "../secret", "../one")]
        answer = self.s3.delete_objects(Bucket="one", Delete={"Objects": wanted, "Quiet": True})
        self.assertNotIn("Errors", answer)
        self.assertEqual(self.list(""), (["empty"], False))
        path = pathlib.Path(self.directory.name, "cloud.json.buckets")
        self.assertFalse((path / "one/ivs").exists())
        self.assertTrue((path / "secret").exists())
        self.assertTrue((path / "one/.hidden").exists())

    def test_head(self):
        self.assertEqual(self.s3.head_object(Bucket="one", Key=KEY)["ContentLength"], 16)
        self.refuse(404, "404", "head_object", Bucket="one", Key="absent")

    def test_range_is_the_whole(self):
        answer = self.s3.get_object(Bucket="one", Key=KEY, Range="bytes=2-5")
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 200)
        self.assertEqual(answer["Body"].read(), b'{"version":"v1"}')

    def test_absent(self):
        self.refuse(404, "NoSuchKey", "get_object", Bucket="one", Key="absent")
        self.refuse(404, "NoSuchKey", "get_object", Bucket="two", Key=KEY)
        self.refuse(404, "NoSuchKey", "get_object", Bucket="one", Key="ivs/v1")
        self.refuse(404, "NoSuchKey", "get_object", Bucket="one", Key=".hidden")
        self.refuse(404, "NoSuchKey", "get_object", Bucket="one", Key="x" * 1024)

    def test_put(self):
        for body in (b'{"version":1}', b"", b'{"version":2}' + b" " * 500_000):
            answer = self.s3.put_object(Bucket="one", Key="rules/a b.json", Body=body)
            self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 200)
            answer = self.s3.get_object(Bucket="one", Key="rules/a b.json")
            self.assertEqual(answer["Body"].read(), body)
        left = os.listdir(os.path.join(self.directory.name, "cloud.json.buckets/one/rules"))
        self.assertEqual(left, ["a b.json"])

    def test_put_refused(self):
        for key in (".hidden", "a/../b", "ivs/v1", "x" * 1024):
            with self.assertRaises(ClientError, msg=key):
                self.s3.put_object(Bucket="one", Key=key, Body=b"x")
        with self.assertRaises(ClientError):
            self.s3.put_object(Bucket="two", Key="key", Body=b"x")
        self.assertFalse(os.path.exists(os.path.join(self.directory.name, "cloud.json.buckets/two")))
        with self.assertRaises(ClientError):
            self.s3.put_object(Bucket="one", Key="large", Body=b"x" * (512 * 1024 + 1))
        self.refuse(404, "NoSuchKey", "get_object", Bucket="one", Key="large")
        self.s3 = self.server.client("s3", aws_secret_access_key="wrong")
        self.refuse(403, "SignatureDoesNotMatch", "put_object", Bucket="one", Key=KEY, Body=b"x")
        self.s3 = self.server.client("s3")
        answer = self.s3.get_object(Bucket="one", Key=KEY)
        self.assertEqual(answer["Body"].read(), b'{"version":"v1"}')

    def test_deletes_nothing(self):
        self.refuse(405, "MethodNotAllowed", "delete_object", Bucket="one", Key=KEY)

    def test_no_way_out(self):
        for path in ("/one/../secret", "/one/%2e%2e/secret", "/one//empty", "/..%2fcloud.json",
                     "/one/ivs/../empty", "/one/..%2f..%2fcloud.json", "/one/empty%00", "/secret"):
            status, body, _ = self.send_raw(path)
            self.assertIn(status, (400, 403, 404), path)
            self.assertNotIn(b"no bucket", body)

    def test_unsigned_payload(self):
        status, body, said = self.send_raw("/one/" + KEY, unsigned=True)
        self.assertEqual((status, body, said), (200, b'{"version":"v1"}', "UNSIGNED-PAYLOAD"))

    def test_signatures(self):
        status, body, _ = self.send_raw("/one/" + KEY, changed="/one/empty")
        self.assertEqual(status, 403)
        self.assertIn(b"<Code>SignatureDoesNotMatch</Code>", body)
        self.s3 = self.server.client("s3", aws_secret_access_key="wrong")
        self.refuse(403, "SignatureDoesNotMatch", "get_object", Bucket="one", Key=KEY)
        self.s3 = self.server.client("s3", aws_access_key_id="AKIAWRONG")
        self.refuse(403, "InvalidAccessKeyId", "get_object", Bucket="one", Key=KEY)


if __name__ == "__main__":
    sys.exit(main())
