#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The golden exchanges, which our client sends and reads and the local cloud answers, against
the models that AWS publishes for its own SDKs, as botocore brings them: every member of a request is
one that the operation knows, of its type, length, words and pattern; botocore itself reads every
answer without losing anything of it; and errors are the operation's own, with their status."""

import copy
import json
import os
import re
import sys

import botocore.loaders
import botocore.model
import botocore.parsers

# Amazon IVS Real-Time signs as "ivs", too. The first that has an operation has it alone.
SERVICES = ["ivs", "ivschat", "ivs-realtime", "secretsmanager"]

# What AWS answers of any operation, whether or not the operation's model says so ("Common Errors").
COMMON = {"ThrottlingException", "AccessDeniedException", "InternalServerException",
          "ServiceQuotaExceededException", "PendingVerification", "ValidationException"}


def load():
    loader = botocore.loaders.Loader()
    return [botocore.model.ServiceModel(loader.load_service_model(name, "service-2"), name)
            for name in SERVICES]


def find(models, name):
    for model in models:
        if name in model.operation_names:
            return model, model.operation_model(name)
    raise LookupError(f"no service has {name}")


def check_text(shape, value, at):
    if not isinstance(value, str):
        return [f"{at} is no string"]
    rules = shape.metadata
    faults = []
    if len(value) < rules.get("min", 0) or len(value) > rules.get("max", 1 << 30):
        faults.append(f"{at} has {len(value)} characters")
    if rules.get("enum") and value not in rules["enum"]:
        faults.append(f"{at} is none of {rules['enum']}")
    if rules.get("pattern") and not re.fullmatch(rules["pattern"].strip("^$"), value):
        faults.append(f"{at} does not match {rules['pattern']}")
    return faults


def check_number(shape, value, at):
    if isinstance(value, bool) or not isinstance(value, int):
        return [f"{at} is no integer"]
    low, high = shape.metadata.get("min", -(1 << 63)), shape.metadata.get("max", 1 << 63)
    return [] if low <= value <= high else [f"{at} is {value}"]


def check_structure(shape, value, at):
    faults = [f"{at} lacks {name}" for name in shape.required_members if name not in value]
    for name, member in value.items():
        if name not in shape.members:
            faults.append(f"{at} has {name}, which is nothing")
        else:
            faults += check(shape.members[name], member, f"{at}.{name}")
    return faults


def check_list(shape, value, at):
    faults = [] if len(value) <= shape.metadata.get("max", 1 << 30) else [f"{at} is too long"]
    for member in value:
        faults += check(shape.member, member, f"{at}[]")
    return faults


def check_map(shape, value, at):
    faults = [] if len(value) <= shape.metadata.get("max", 1 << 30) else [f"{at} is too large"]
    for key, member in value.items():
        faults += check(shape.key, key, f"{at} key") + check(shape.value, member, f"{at}[{key}]")
    return faults


def check(shape, value, at):
    """Returns what is wrong with a value of a request."""
    containers = {"structure": (dict, check_structure), "list": (list, check_list),
                  "map": (dict, check_map)}
    if shape.type_name in containers:
        kind, checker = containers[shape.type_name]
        return checker(shape, value, at) if isinstance(value, kind) else [f"{at} is no {shape.type_name}"]
    if shape.type_name == "boolean":
        return [] if isinstance(value, bool) else [f"{at} is no boolean"]
    if shape.type_name in ("integer", "long"):
        return check_number(shape, value, at)
    return check_text(shape, value, at) if shape.type_name == "string" else []


def is_kept(value, parsed):
    """Whether botocore found all of an answer that has a value: times become dates."""
    if isinstance(value, dict):
        return all(v is None or (k in parsed and is_kept(v, parsed[k])) for k, v in value.items())
    if isinstance(value, list):
        return len(value) == len(parsed) and all(map(is_kept, value, parsed))
    return value == parsed or hasattr(parsed, "isoformat")


def check_output(model, operation, exchange):
    parser = botocore.parsers.create_parser(model.protocol)
    body = json.dumps(exchange["output"]).encode() if exchange.get("output") is not None else b""
    parsed = parser.parse({"status_code": exchange["status"], "headers": {}, "body": body},
                          operation.output_shape)
    return [] if is_kept(exchange.get("output") or {}, parsed) else ["the answer has what is nothing"]


def check_error(operation, exchange):
    output = exchange.get("output") or {}
    code = (output.get("__type") or exchange.get("error_type") or output.get("code") or "")
    code = code.split("#")[-1].split(":")[0]
    for shape in operation.error_shapes:
        if shape.name == code:
            status = shape.metadata.get("error", {}).get("httpStatusCode", exchange["status"])
            return [] if status == exchange["status"] else [f"{code} has status {status}"]
    return [] if not code or code in COMMON else [f"{code} is no error of the operation"]


def judge(models, exchange):
    model, operation = find(models, exchange["operation"])
    shape = operation.input_shape
    faults = check(shape, exchange["input"], exchange["operation"]) if shape else []
    is_answer = exchange["status"] < 300
    return faults + (check_output(model, operation, exchange) if is_answer
                     else check_error(operation, exchange))


def spoil(exchange):
    """Yields the exchange with one thing wrong each time."""
    for name in list(exchange["input"]):
        for value in (None, -1, [-1], {"\x01": -1}):
            bad = copy.deepcopy(exchange)
            if bad["input"][name] == value:
                continue
            bad["input"][name] = value
            yield bad
    bad = copy.deepcopy(exchange)
    bad["input"]["nothing"] = "x"
    yield bad


def main():
    path = os.path.join(os.environ["G_TEST_SRCDIR"], "golden.json")
    with open(path, encoding="utf-8") as file:
        exchanges = json.load(file)["exchanges"]
    models = load()
    print(f"1..{len(exchanges) + 1}")
    failed = 0
    for i, exchange in enumerate(exchanges, 1):
        faults = judge(models, exchange)
        failed += bool(faults)
        print("not ok" if faults else "ok", i, "-", exchange["operation"], exchange["status"])
        for fault in faults:
            print("#", fault)
    spoiled = [bad for exchange in exchanges for bad in spoil(exchange)]
    unseen = [bad for bad in spoiled if not judge(models, bad)]
    print("# spoiled requests:", len(spoiled), "unseen:", len(unseen))
    for bad in unseen[:5]:
        print("#", bad["operation"], bad["input"])
    print("not ok" if unseen else "ok", len(exchanges) + 1, "- spoiled requests are seen")
    sys.exit(1 if failed or unseen else 0)


main()
