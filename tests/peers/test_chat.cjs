// SPDX-FileCopyrightText: 2026 The StreamCat contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Amazon's own chat client in rooms of the local cloud: through TLS and nginx as an app goes, with
// tokens that Amazon's own SDK fetches.

"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { existsSync, mkdtempSync, readFileSync, rmSync, watch } = require("node:fs");
const { connect, createServer } = require("node:net");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const WAIT_MS = 30000; // what takes longer than this does not come, on a busy machine either
const START_MS = 90000; // a first start makes a cluster and certificates

const messaging = () => require("amazon-ivs-chat-messaging");
const chat = () => require("@aws-sdk/client-ivschat");

function within(promise, what, ms = WAIT_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} does not come`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// Resolves to the next event of a room that is asked for before it can have come.
const next = (room, name) =>
  within(new Promise((resolve) => room.addListener(name, resolve)), name);

// A line to the edge that can be cut, as a network is.
async function makeLine(port) {
  const sockets = new Set();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => sockets.delete(from) && to.destroy());
      from.pipe(to);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `wss://localhost:${server.address().port}`,
    cut: () => sockets.forEach((socket) => socket.resetAndDestroy()),
    close: () => server.close(),
  };
}

class World {
  constructor(ready) {
    this.ready = ready;
    this.client = new (chat().IvschatClient)({
      endpoint: ready.aws_endpoint_url,
      region: ready.region,
      credentials: {
        accessKeyId: ready.access_key_id,
        secretAccessKey: ready.secret_access_key,
      },
    });
  }

  async call(command, input) {
    return this.client.send(new (chat()[`${command}Command`])(input));
  }

  async makeRoom() {
    this.room = (await this.call("CreateRoom", { name: "peers" })).arn;
    this.tokens = 0;
  }

  // A client in the room, connected.
  async enter(userId, capabilities = [], url = this.ready.chat_url) {
    const room = new (messaging().ChatRoom)({
      regionOrUrl: url,
      tokenProvider: async () => {
        this.tokens++;
        const { token } = await this.call("CreateChatToken", {
          roomIdentifier: this.room,
          userId,
          capabilities,
          attributes: { name: userId },
        });
        return { token };
      },
    });
    room.logger = { debug() {}, info() {}, error() {} };
    const connected = next(room, "connect");
    room.connect();
    await connected;
    return room;
  }
}

const tests = {
  async "lines are sent and heard"(world) {
    const { SendMessageRequest } = messaging();
    const alice = await world.enter("alice", ["SEND_MESSAGE"]);
    const bob = await world.enter("bob");
    const heard = next(bob, "message");
    const own = await alice.sendMessage(new SendMessageRequest("hi 🐱", { k: "v" }));
    const other = await heard;
    assert.equal(own.content, "hi 🐱");
    assert.equal(other.content, "hi 🐱");
    assert.equal(other.id, own.id);
    assert.deepEqual(other.attributes, { k: "v" });
    assert.deepEqual(other.sender, { userId: "alice", attributes: { name: "alice" } });
    assert.ok(Math.abs(other.sendTime - Date.now()) < WAIT_MS);
    alice.disconnect();
    bob.disconnect();
  },

  async "errors come to the request that they are about"(world) {
    const { SendMessageRequest } = messaging();
    const reader = await world.enter("reader");
    const writer = await world.enter("writer", ["SEND_MESSAGE"]);
    await assert.rejects(
      reader.sendMessage(new SendMessageRequest("hi")),
      (error) => error.errorCode === 403,
    );
    await assert.rejects(
      writer.sendMessage(new SendMessageRequest("x".repeat(501))),
      (error) => error.errorCode === 413,
    );
    reader.disconnect();
    writer.disconnect();
  },

  async "a moderator removes a line and a person"(world) {
    const { SendMessageRequest, DeleteMessageRequest, DisconnectUserRequest } = messaging();
    const moderator = await world.enter("moderator", ["DELETE_MESSAGE", "DISCONNECT_USER"]);
    const rude = await world.enter("rude", ["SEND_MESSAGE"]);
    const { id } = await rude.sendMessage(new SendMessageRequest("rude"));
    const deleted = next(rude, "messageDelete");
    const own = await moderator.deleteMessage(new DeleteMessageRequest(id, "be kind"));
    assert.equal(own.messageId, id);
    assert.equal((await deleted).messageId, id);
    assert.equal((await deleted).reason, "be kind");

    const kicked = next(rude, "userDisconnect");
    const gone = next(rude, "disconnect");
    await moderator.disconnectUser(new DisconnectUserRequest("rude", "bye"));
    assert.equal((await kicked).userId, "rude");
    assert.equal(await gone, "serverDisconnect");
    assert.equal(rude.state, "disconnected");
    moderator.disconnect();
  },

  async "a line that breaks comes back with a new token"(world) {
    const { SendMessageRequest } = messaging();
    const line = await makeLine(new URL(world.ready.chat_url).port);
    const alice = await world.enter("alice", ["SEND_MESSAGE"], line.url);
    const tokens = world.tokens;
    const broken = next(alice, "connecting");
    const back = next(alice, "connect");
    line.cut();
    await broken;
    await back;
    assert.equal(world.tokens, tokens + 1);
    const own = await alice.sendMessage(new SendMessageRequest("back"));
    assert.equal(own.content, "back");
    alice.disconnect();
    line.close();
  },

  async "the control plane is heard"(world) {
    const alice = await world.enter("alice");
    const heard = next(alice, "event");
    const roomIdentifier = world.room;
    const sent = await world.call("SendEvent", {
      roomIdentifier,
      eventName: "app:NEWS",
      attributes: { k: "v" },
    });
    const event = await heard;
    assert.equal(event.id, sent.id);
    assert.equal(event.eventName, "app:NEWS");
    assert.deepEqual(event.attributes, { k: "v" });
    const gone = next(alice, "disconnect");
    await world.call("DeleteRoom", { identifier: roomIdentifier });
    assert.equal(await gone, "serverDisconnect");
  },
};

// What runs with the cloud's certificate authority, which Node takes at its start alone.
async function run(readyFile) {
  const world = new World(JSON.parse(readFileSync(readyFile)));
  let number = 0;
  console.log(`1..${Object.keys(tests).length}`);
  for (const [name, test] of Object.entries(tests)) {
    number++;
    try {
      await world.makeRoom();
      await test(world);
      console.log(`ok ${number} ${name}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`not ok ${number} ${name}`);
      console.log(String(error.stack ?? JSON.stringify(error)).replace(/^/gm, "# "));
    }
  }
}

// Starts a program that is not to fail. Resolves when it has ended.
function start(program, args, options) {
  const child = spawn(program, args, options);
  child.ended = new Promise((resolve) => child.on("close", resolve));
  return child;
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "sc-peers-"));
  const readyFile = join(folder, "ready.json");
  const args = ["--state-dir", join(folder, "state"), "--ready-file", readyFile];
  const appears = new Promise((resolve) => {
    const watcher = watch(folder, () => existsSync(readyFile) && resolve(watcher.close()));
  });
  const cloud = start(process.env.STREAMCAT_LOCAL, args, { stdio: ["ignore", 2, 2] });
  const failed = cloud.ended.then(() => Promise.reject(new Error("the local cloud ended")));
  failed.catch(() => {});
  try {
    await within(Promise.race([appears, failed]), "the local cloud", START_MS);
    const { ca_file: certificate } = JSON.parse(readFileSync(readyFile));
    const environment = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
    const inside = start(process.execPath, [__filename, readyFile], {
      env: environment,
      stdio: "inherit",
    });
    process.exitCode = await inside.ended;
  } finally {
    cloud.kill("SIGTERM");
    await cloud.ended;
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[2]) run(process.argv[2]);
else main();
