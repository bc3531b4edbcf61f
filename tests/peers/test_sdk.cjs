// SPDX-FileCopyrightText: 2026 The StreamCat contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The three official AWS SDK v3 clients make the backend's calls against the control planes: what
// they sign, send and understand is Amazon's own word on the wire.

"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { createInterface } = require("node:readline");

const ivs = require("@aws-sdk/client-ivs");
const chat = require("@aws-sdk/client-ivschat");
const realtime = require("@aws-sdk/client-ivs-realtime");

const folder = mkdtempSync(join(tmpdir(), "sc-peers-"));

// Starts the control planes; resolves to the process and its URL.
async function startServer() {
  const options = { stdio: ["pipe", "pipe", "inherit"] };
  const server = spawn(process.env.CONTROL_SERVER, [join(folder, "cloud.json")], options);
  for await (const line of createInterface({ input: server.stdout }))
    return { server, url: JSON.parse(line).aws_endpoint_url };
  throw new Error("the control planes did not start");
}

function makeClients(endpoint, overrides) {
  const options = {
    endpoint,
    region: "us-west-2",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
    maxAttempts: 1,
    ...overrides,
  };
  return {
    ivs: new ivs.IvsClient(options),
    chat: new chat.IvschatClient(options),
    realtime: new realtime.IVSRealTimeClient(options),
  };
}

async function fault(url, order) {
  const answer = await fetch(url + "/_local/faults", {
    method: order ? "POST" : "DELETE",
    body: order ? JSON.stringify(order) : undefined,
  });
  assert.equal(answer.status, 204);
}

// Every page of a list command, by the SDK's own paginator.
async function collect(paginate, client, input, member) {
  const found = [];
  for await (const page of paginate({ client, pageSize: 2 }, input)) found.push(...page[member]);
  return found;
}

const tests = {
  async "a channel and its key"({ ivs: client }) {
    const tags = { project: "streamcat" };
    const made = await client.send(new ivs.CreateChannelCommand({ name: "anna", tags }));
    const { arn } = made.channel;
    assert.equal(made.$metadata.httpStatusCode, 200);
    assert.equal(made.channel.latencyMode, "LOW");
    const got = await client.send(new ivs.GetChannelCommand({ arn }));
    assert.deepEqual(got.channel, made.channel);
    const key = await client.send(new ivs.GetStreamKeyCommand({ arn: made.streamKey.arn }));
    assert.deepEqual(key.streamKey, made.streamKey);
    const keys = await client.send(new ivs.ListStreamKeysCommand({ channelArn: arn }));
    assert.deepEqual(
      keys.streamKeys.map((one) => [one.arn, one.value]),
      [[made.streamKey.arn, undefined]],
    );
    const gone = await client.send(new ivs.DeleteChannelCommand({ arn }));
    assert.equal(gone.$metadata.httpStatusCode, 204);
    await assert.rejects(
      client.send(new ivs.GetChannelCommand({ arn })),
      (error) => error instanceof ivs.ResourceNotFoundException && error.exceptionMessage !== "",
    );
  },

  async "channels page by page"({ ivs: client }) {
    const made = [];
    for (let i = 0; i < 5; i++)
      made.push((await client.send(new ivs.CreateChannelCommand({ name: "paged" }))).channel.arn);
    const input = { filterByName: "paged" };
    const found = await collect(ivs.paginateListChannels, client, input, "channels");
    assert.deepEqual(
      found.map((channel) => channel.arn),
      made,
    );
  },

  async "a room"({ chat: client }) {
    const made = await client.send(new chat.CreateRoomCommand({ name: "anna" }));
    assert.ok(made.createTime instanceof Date);
    assert.equal(made.maximumMessageLength, 500);
    const found = await collect(chat.paginateListRooms, client, { name: "anna" }, "rooms");
    assert.deepEqual(
      found.map((room) => room.arn),
      [made.arn],
    );
    const gone = await client.send(new chat.DeleteRoomCommand({ identifier: made.arn }));
    assert.equal(gone.$metadata.httpStatusCode, 204);
    await assert.rejects(
      client.send(new chat.DeleteRoomCommand({ identifier: made.arn })),
      (error) =>
        error instanceof chat.ResourceNotFoundException &&
        error.resourceId === made.id &&
        error.resourceType === "ROOM",
    );
  },

  async "a stage"({ realtime: client }) {
    const made = await client.send(new realtime.CreateStageCommand({ name: "anna" }));
    const found = await collect(realtime.paginateListStages, client, {}, "stages");
    assert.ok(found.some((stage) => stage.arn === made.stage.arn));
    const gone = await client.send(new realtime.DeleteStageCommand({ arn: made.stage.arn }));
    assert.equal(gone.$metadata.httpStatusCode, 200);
    await assert.rejects(
      client.send(new realtime.DeleteStageCommand({ arn: made.stage.arn })),
      realtime.ResourceNotFoundException,
    );
  },

  async "errors have Amazon's classes"({ ivs: client, chat: rooms }, url) {
    const bad = new ivs.CreateChannelCommand({ name: "not allowed" });
    await assert.rejects(client.send(bad), ivs.ValidationException);
    await assert.rejects(
      rooms.send(new chat.CreateRoomCommand({ name: "not allowed" })),
      (error) => error instanceof chat.ValidationException && error.fieldList[0].name === "name",
    );
    for (const [kind, type] of [
      ["quota", ivs.ServiceQuotaExceededException],
      ["denied", ivs.AccessDeniedException],
      ["pending", ivs.PendingVerification],
    ]) {
      await fault(url, { operation: "CreateChannel", kind });
      await assert.rejects(client.send(new ivs.CreateChannelCommand({})), type);
    }
    await fault(url, { operation: "CreateChannel", kind: "throttle" });
    await assert.rejects(
      client.send(new ivs.CreateChannelCommand({})),
      (error) => error.name === "ThrottlingException" && error.$retryable?.throttling !== false,
    );
  },

  // What makes a saga needed: the SDK repeats a Create that had its effect, and there are two.
  async "a repeated Create makes two"(clients, url) {
    const { ivs: client } = makeClients(url, { maxAttempts: 2 });
    await fault(url, { operation: "CreateChannel", kind: "fail_after" });
    await client.send(new ivs.CreateChannelCommand({ name: "twice" }));
    const input = { filterByName: "twice" };
    const found = await collect(ivs.paginateListChannels, client, input, "channels");
    assert.equal(found.length, 2);
  },

  async "another secret is refused"(clients, url) {
    const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "other" };
    const { ivs: client } = makeClients(url, { credentials });
    await assert.rejects(
      client.send(new ivs.ListChannelsCommand({})),
      (error) => error.$metadata.httpStatusCode === 403,
    );
  },
};

async function main() {
  const { server, url } = await startServer();
  const clients = makeClients(url);
  let number = 0;
  console.log(`1..${Object.keys(tests).length}`);
  for (const [name, test] of Object.entries(tests)) {
    number++;
    try {
      await test(clients, url);
      console.log(`ok ${number} ${name}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`not ok ${number} ${name}`);
      console.log(String(error.stack).replace(/^/gm, "# "));
    }
    await fault(url);
  }
  server.stdin.end();
  rmSync(folder, { recursive: true });
}

main();
