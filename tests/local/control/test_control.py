# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the control planes against botocore's models: an independent client and contract.

Every operation must answer with the status and the members that the model names, and refuse every
input that the model forbids with an error that the model knows.
"""

import faulthandler
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, ConnectionClosedError, HTTPClientError

SERVER = os.environ["CONTROL_SERVER"]
SESSION = botocore.session.get_session()  # one: each session reads the models anew
ACCOUNT = "arn:aws:ivs:us-west-2:123456789012"
CHAT = "arn:aws:ivschat:us-west-2:123456789012"
ABSENT = {
    "ivs": ACCOUNT + ":{}/abcdABCDefgh",
    "ivs-realtime": ACCOUNT + ":{}/abcdABCDefgh",
    "ivschat": CHAT + ":{}/abcdABCDefgh",
}

# What is played: service, operation, and the kind of ARN that its required member names.
OPERATIONS = [
    ("ivs", "CreateChannel", None),
    ("ivs", "GetChannel", "channel"),
    ("ivs", "ListChannels", None),
    ("ivs", "DeleteChannel", "channel"),
    ("ivs", "GetStreamKey", "stream-key"),
    ("ivs", "ListStreamKeys", "channel"),
    ("ivschat", "CreateRoom", None),
    ("ivschat", "GetRoom", "room"),
    ("ivschat", "ListRooms", None),
    ("ivschat", "UpdateRoom", "room"),
    ("ivschat", "DeleteRoom", "room"),
    ("ivschat", "CreateChatToken", "room"),
    ("ivschat", "SendEvent", "room"),
    ("ivschat", "DeleteMessage", "room"),
    ("ivschat", "DisconnectUser", "room"),
    ("ivs-realtime", "CreateStage", None),
    ("ivs-realtime", "ListStages", None),
    ("ivs-realtime", "DeleteStage", "stage"),
]

# Required members that name no resource.
WORDS = {"userId": "someone", "eventName": "app:NEWS", "id": "abcdABCD1234"}


class Server:
    """The control planes on a state file, until stop()."""

    def __init__(self, path, *arguments):
        self.process = subprocess.Popen(
            [SERVER, path, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.url = json.loads(self.process.stdout.readline())["aws_endpoint_url"]

    def client(self, service, read_timeout=60, **options):
        settings = {"aws_access_key_id": "AKIATEST", "aws_secret_access_key": "secret", **options}
        config = Config(
            retries={"total_max_attempts": 1},
            parameter_validation=False,
            read_timeout=read_timeout,
        )
        return SESSION.create_client(
            service, region_name="us-west-2", endpoint_url=self.url, config=config, **settings
        )

    def call_raw(self, client, operation, body):
        """Sends a body that botocore's own serializer would not let through."""
        model = client.meta.service_model
        url = self.url + model.operation_model(operation).http["requestUri"]
        request = AWSRequest("POST", url, {"Content-Type": "application/json"}, json.dumps(body).encode())
        credentials = Credentials("AKIATEST", "secret")
        SigV4Auth(credentials, model.signing_name, "us-west-2").add_auth(request)
        raw = request.prepare()
        sent = urllib.request.Request(raw.url, raw.body, dict(raw.headers), method="POST")
        try:
            with urllib.request.urlopen(sent) as answer:
                return {"ResponseMetadata": {"HTTPStatusCode": answer.status}}
        except urllib.error.HTTPError as error:
            with error:
                code = error.headers["x-amzn-ErrorType"]
                return {
                    **json.load(error),
                    "Error": {"Code": code},
                    "ResponseMetadata": {"HTTPStatusCode": error.code},
                }

    def faults(self, method, order=None):
        data = json.dumps(order).encode() if order else None
        request = urllib.request.Request(self.url + "/_local/faults", data, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"null")

    def stop(self):
        self.process.communicate()


def call(client, operation, arguments):
    """Calls by the operation's own name; returns the answer or the error's response."""
    method = client._PY_TO_OP_NAME
    name = next(python for python, own in method.items() if own == operation)
    try:
        return getattr(client, name)(**arguments)
    except ClientError as error:
        return error.response


def forbidden_values(shape):
    """Yields values that a shape of the model forbids."""
    if shape.type_name == "string":
        yield 7
        if shape.enum:
            yield "NONE_OF_THEM"
            return
        if shape.metadata.get("min", 0) > 0:
            yield ""
        if "max" in shape.metadata:
            yield "a" * (shape.metadata["max"] + 1)
        if "pattern" in shape.metadata:
            yield "not allowed !"
    elif shape.type_name == "integer":
        yield "seven"
        if "max" in shape.metadata:
            yield shape.metadata["max"] + 1
        if "min" in shape.metadata:
            yield shape.metadata["min"] - 1
    elif shape.type_name == "boolean":
        yield "yes"
    elif shape.type_name == "map":
        yield []
        yield {"key": 7}
        yield {"key": "a" * 257}
        yield {"": "a"}
        yield {str(number): "a" for number in range(51)}
    elif shape.type_name == "list":
        yield {}
        for value in forbidden_values(shape.member):
            yield [value]
    elif shape.type_name == "structure":
        yield "flat"
        valid = {"storageConfigurationArn": ""} if shape.required_members else {}
        for name, member in shape.members.items():
            for value in forbidden_values(member):
                yield {**valid, name: value}


FREE_TEXT = {"ParticipantTokenAttributes", "ChatTokenAttributes", "EventAttributes"}


def is_free_text(shape, value):
    """These attributes are bounded in their sum alone, which the model does not say."""
    return shape.name in FREE_TEXT and isinstance(value, dict)


class Control(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.directory.name, "cloud.json")
        cls.server = Server(cls.path)
        services = {service for service, _, _ in OPERATIONS}
        cls.clients = {service: cls.server.client(service) for service in services}

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.directory.cleanup()

    def tearDown(self):
        self.server.faults("DELETE")

    def make(self, kind):
        if kind in ("channel", "stream-key"):
            answer = self.clients["ivs"].create_channel(name="a")
            return answer["channel" if kind == "channel" else "streamKey"]["arn"]
        if kind == "room":
            return self.clients["ivschat"].create_room(name="a")["arn"]
        return self.clients["ivs-realtime"].create_stage(name="a")["stage"]["arn"]

    def input_of(self, service, operation, kind):
        """The required members, naming a new resource."""
        shape = self.clients[service].meta.service_model.operation_model(operation).input_shape
        return {name: WORDS.get(name) or self.make(kind) for name in shape.required_members}

    def assert_members(self, shape, value, where):
        """Every required member is there, and nothing that the model does not know."""
        if shape.type_name == "list":
            for element in value:
                self.assert_members(shape.member, element, where)
        if shape.type_name != "structure":
            return
        for name in shape.required_members:
            self.assertIn(name, value, where)
        for name, member in value.items():
            self.assertIn(name, shape.members, where)
            self.assert_members(shape.members[name], member, f"{where}.{name}")

    def assert_error(self, service, operation, answer, name):
        model = self.clients[service].meta.service_model
        known = {error.name: error for error in model.operation_model(operation).error_shapes}
        self.assertEqual(answer["Error"]["Code"] if "Error" in answer else None, name)
        self.assertIn(name, known)
        shape = known[name]
        status = shape.metadata["error"]["httpStatusCode"]
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], status)
        for member in shape.required_members:
            self.assertIn(member, answer, operation)
        self.assertTrue(answer.get("exceptionMessage") or answer.get("message"), operation)

    def test_answers_have_the_models_members(self):
        for service, operation, kind in OPERATIONS:
            with self.subTest(operation):
                client = self.clients[service]
                model = client.meta.service_model.operation_model(operation)
                answer = call(client, operation, self.input_of(service, operation, kind))
                metadata = answer.pop("ResponseMetadata")
                self.assertEqual(metadata["HTTPStatusCode"], model.http["responseCode"])
                self.assertTrue(metadata["RequestId"])
                if model.output_shape:
                    self.assert_members(model.output_shape, answer, operation)

    def test_wire_has_no_unknown_members(self):
        """botocore drops what it does not know: the stored documents are looked at instead."""
        for kind in ("channel", "room", "stage"):
            self.make(kind)
        with open(self.path, encoding="utf-8") as file:
            stored = json.load(file)
        shapes = {
            "channels": ("ivs", "Channel"),
            "stream_keys": ("ivs", "StreamKey"),
            "rooms": ("ivschat", "CreateRoomResponse"),
            "stages": ("ivs-realtime", "Stage"),
        }
        for kind, (service, name) in shapes.items():
            shape = self.clients[service].meta.service_model.shape_for(name)
            self.assertTrue(stored[kind])
            for entry in stored[kind]:
                self.assert_members(shape, entry["document"], kind)

    def test_inputs_that_the_model_forbids_are_refused(self):
        refused = 0
        for service, operation, kind in OPERATIONS:
            client = self.clients[service]
            shape = client.meta.service_model.operation_model(operation).input_shape
            valid = self.input_of(service, operation, kind)
            for name, member in shape.members.items():
                for value in forbidden_values(member):
                    if is_free_text(member, value):
                        continue
                    with self.subTest(operation, member=name, value=str(value)[:60]):
                        body = {**valid, name: value}
                        answer = self.server.call_raw(client, operation, body)
                        self.assert_error(service, operation, answer, "ValidationException")
                        refused += 1
        self.assertGreater(refused, 100)

    def test_required_members_are_required(self):
        for service, operation, kind in OPERATIONS:
            if kind:
                with self.subTest(operation):
                    answer = call(self.clients[service], operation, {})
                    self.assert_error(service, operation, answer, "ValidationException")

    def test_what_is_not_there_is_not_found(self):
        for service, operation, kind in OPERATIONS:
            if not kind:
                continue
            with self.subTest(operation):
                client = self.clients[service]
                model = client.meta.service_model.operation_model(operation)
                arn = ABSENT[service].format(kind)
                required = model.input_shape.required_members
                answer = call(client, operation, {name: WORDS.get(name, arn) for name in required})
                self.assert_error(service, operation, answer, "ResourceNotFoundException")
                if service == "ivschat":
                    self.assertEqual(answer["resourceId"], "abcdABCDefgh")

    def test_references_must_be_there(self):
        recording = ACCOUNT + ":recording-configuration/"
        ivs = self.clients["ivs"]
        answer = call(ivs, "CreateChannel", {"recordingConfigurationArn": recording + "absent"})
        self.assert_error("ivs", "CreateChannel", answer, "ResourceNotFoundException")
        made = ivs.create_channel(recordingConfigurationArn=recording + "there")
        self.assertEqual(made["channel"]["recordingConfigurationArn"], recording + "there")
        logging = CHAT + ":logging-configuration/absent"
        answer = call(
            self.clients["ivschat"], "CreateRoom", {"loggingConfigurationIdentifiers": [logging]}
        )
        self.assert_error("ivschat", "CreateRoom", answer, "ResourceNotFoundException")

    def test_what_was_made_is_listed_and_goes(self):
        ivs = self.clients["ivs"]
        made = ivs.create_channel(name="listed", tags={"app": "streamcat"}, type="BASIC")
        arn, key = made["channel"]["arn"], made["streamKey"]
        listed = ivs.list_channels(filterByName="listed")["channels"]
        self.assertEqual([channel["arn"] for channel in listed], [arn])
        self.assertEqual(listed[0]["tags"], {"app": "streamcat"})
        self.assertEqual(ivs.get_channel(arn=arn)["channel"], made["channel"])
        self.assertEqual(ivs.get_stream_key(arn=key["arn"])["streamKey"], key)
        self.assertRegex(key["value"], r"^sk_us-west-2_[A-Za-z0-9]{12}_[A-Za-z0-9]{30}$")
        keys = ivs.list_stream_keys(channelArn=arn)["streamKeys"]
        self.assertEqual(keys[0]["arn"], key["arn"])
        self.assertNotIn("value", keys[0])
        ivs.delete_channel(arn=arn)
        self.assertEqual(ivs.list_channels(filterByName="listed")["channels"], [])
        answer = call(ivs, "GetStreamKey", {"arn": key["arn"]})
        self.assert_error("ivs", "GetStreamKey", answer, "ResourceNotFoundException")

    def test_filters_are_exclusive(self):
        recording = ACCOUNT + ":recording-configuration/there"
        filters = {"filterByName": "a", "filterByRecordingConfigurationArn": recording}
        answer = call(self.clients["ivs"], "ListChannels", filters)
        self.assert_error("ivs", "ListChannels", answer, "ConflictException")

    def test_pages_hold_while_resources_come_and_go(self):
        chat = self.clients["ivschat"]
        made = [chat.create_room(name="paged")["arn"] for _ in range(7)]
        first = chat.list_rooms(name="paged", maxResults=3)
        chat.delete_room(identifier=made[0])
        chat.delete_room(identifier=made[2])
        made.append(chat.create_room(name="paged")["arn"])
        second = chat.list_rooms(name="paged", maxResults=3, nextToken=first["nextToken"])
        third = chat.list_rooms(name="paged", maxResults=3, nextToken=second["nextToken"])
        self.assertNotIn("nextToken", third)
        arns = [room["arn"] for page in (first, second, third) for room in page["rooms"]]
        self.assertEqual(arns, made)
        answer = call(chat, "ListRooms", {"nextToken": "bm9uZQ=="})
        self.assert_error("ivschat", "ListRooms", answer, "ValidationException")

    def test_signatures(self):
        for options, name in (
            ({"aws_secret_access_key": "other"}, "InvalidSignatureException"),
            ({"aws_access_key_id": "AKIAOTHER"}, "UnrecognizedClientException"),
        ):
            answer = call(self.server.client("ivs", **options), "ListChannels", {})
            self.assertEqual(answer["Error"]["Code"], name)
            self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 403)
        unsigned = urllib.request.Request(self.server.url + "/ListChannels", b"{}", method="POST")
        with self.assertRaises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(unsigned)
        self.assertEqual(raised.exception.code, 403)
        raised.exception.close()

    def test_large_bodies_are_not_read(self):
        request = urllib.request.Request(
            self.server.url + "/ListChannels", b"x" * (64 * 1024 + 1), method="POST"
        )
        with self.assertRaises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(request)
        self.assertEqual(raised.exception.code, 413)
        raised.exception.close()

    def count_rooms(self):
        return len(self.clients["ivschat"].list_rooms(name="fault")["rooms"])

    def test_faults(self):
        chat = self.clients["ivschat"]
        cases = {
            "throttle": (429, "ThrottlingException", 0),
            "fail_before": (500, "InternalServerException", 0),
            "quota": (402, "ServiceQuotaExceededException", 0),
            "denied": (403, "AccessDeniedException", 0),
            "pending": (403, "PendingVerification", 0),
            "fail_after": (500, "InternalServerException", 1),
        }
        for kind, (status, name, effect) in cases.items():
            with self.subTest(kind):
                self.server.faults("POST", {"operation": "CreateRoom", "kind": kind, "nth": 2})
                before = self.count_rooms()
                answers = [call(chat, "CreateRoom", {"name": "fault"}) for _ in range(3)]
                statuses = [one["ResponseMetadata"]["HTTPStatusCode"] for one in answers]
                self.assertEqual(statuses, [200, status, 200])
                self.assertEqual(answers[1]["Error"]["Code"], name)
                self.assertEqual(self.count_rooms() - before, 2 + effect)

    def test_faults_of_the_connection(self):
        chat = self.server.client("ivschat", read_timeout=2)
        cases = [
            ({"kind": "reset", "effect": False}, 0),
            ({"kind": "reset"}, 1),
            ({"kind": "hang"}, 1),
            ({"kind": "hang", "effect": False}, 0),
            ({"kind": "half_body"}, 1),
        ]
        for order, effect in cases:
            with self.subTest(str(order)):
                before = self.count_rooms()
                self.server.faults("POST", {"operation": "CreateRoom", **order})
                with self.assertRaises((HTTPClientError, ConnectionClosedError)):
                    chat.create_room(name="fault")
                self.assertEqual(self.count_rooms() - before, effect)
                report = self.server.faults("GET")
                self.assertEqual(report["most_hung"], int(order["kind"] == "hang"))
                report = report["operations"]["CreateRoom"]
                self.assertEqual((report["calls"], report["faults"]), (1, 1))
                self.assertEqual(report["effects"], effect)
                self.server.faults("DELETE")

    def test_a_late_effect_is_there_and_in_no_list_yet(self):
        chat = self.server.client("ivschat")
        before = self.count_rooms()
        self.server.faults("POST", {"operation": "CreateRoom", "kind": "late"})
        answer = call(chat, "CreateRoom", {"name": "fault"})
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 500)
        report = self.server.faults("GET")["operations"]["CreateRoom"]
        self.assertEqual((report["effects"], report["faults"]), (1, 1))
        lists = 1  # each a second later than the one before
        while self.count_rooms() == before:
            lists += 1
        self.assertIn(lists, range(2, 12))

    def test_bad_faults_are_refused(self):
        for order in ({}, {"operation": "CreateRoom"}, {"operation": "CreateRoom", "kind": "odd"}):
            with self.assertRaises(urllib.error.HTTPError) as raised:
                self.server.faults("POST", order or {"nth": 1})
            self.assertEqual(raised.exception.code, 400)
            raised.exception.close()


class Restart(unittest.TestCase):
    def test_resources_outlive_the_process(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "cloud.json")
            server = Server(path)
            made = server.client("ivs").create_channel(name="kept")
            server.stop()
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
            server = Server(path)
            ivs = server.client("ivs")
            channel = ivs.get_channel(arn=made["channel"]["arn"])["channel"]
            key = ivs.get_stream_key(arn=made["streamKey"]["arn"])["streamKey"]
            server.stop()
            self.assertEqual(channel, made["channel"])
            self.assertEqual(key, made["streamKey"])

    def test_rate(self):
        """Six calls in a row: the sixth is one too many, and another operation's rate is its own."""
        with tempfile.TemporaryDirectory() as directory:
            server = Server(os.path.join(directory, "cloud.json"), "--true-clock")
            ivs = server.client("ivs")
            answers = [call(ivs, "ListChannels", {}) for _ in range(6)]
            created = call(ivs, "CreateChannel", {})
            server.stop()
            statuses = [one["ResponseMetadata"]["HTTPStatusCode"] for one in answers]
            self.assertEqual(statuses, [200] * 5 + [429])
            self.assertEqual(answers[5]["Error"]["Code"], "ThrottlingException")
            self.assertEqual(created["ResponseMetadata"]["HTTPStatusCode"], 200)


class TapResult(unittest.TestResult):
    """Prints a line of TAP a test."""

    def __init__(self):
        super().__init__()
        self.number = 0

    def stopTest(self, test):
        super().stopTest(test)
        self.number += 1
        broken = [text for one, text in self.failures + self.errors if test.id() in one.id()]
        print("not ok" if broken else "ok", self.number, test.id().split(".", 1)[1], flush=True)
        for text in broken:
            print("\n".join("# " + line for line in text.splitlines()), flush=True)


def main():
    faulthandler.register(signal.SIGTERM, chain=True)  # out of time: says where
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    for one, text in result.errors:
        if "setUpClass" in one.id() or "tearDownClass" in one.id():
            print("Bail out!", one.id())
            print("\n".join("# " + line for line in text.splitlines()), flush=True)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
