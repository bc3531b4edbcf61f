// SPDX-FileCopyrightText: 2026 The StreamCat contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Somebody with Amazon's own chat client in a channel's room, driven by another program:
//
//   node bystander.cjs API_URL CHANNEL NAME
//
// Signs up at the API as NAME, whose password is "password of NAME", and enters with the API's
// tokens. Each line of standard input is an order, {"say": TEXT} or {"enter": true}; each line of
// standard output says what happened, {"what": NAME OF THE CLIENT'S EVENT, ...}. Ends with its
// input. NODE_EXTRA_CA_CERTS names whom to trust.

"use strict";

const { ChatRoom, SendMessageRequest } = require("amazon-ivs-chat-messaging");
const { createInterface } = require("node:readline");

const [api, channel, name] = process.argv.slice(2);
const tell = (what, facts) => console.log(JSON.stringify({ what, ...facts }));

// The client's reasons are an enumeration of its own; its events carry more than is told.
const events = {
  connect: () => ({}),
  disconnect: (reason) => ({ reason }),
  message: ({ id, content, sender }) => ({ id, text: content, user_id: sender.userId,
    name: sender.attributes?.name }),
  messageDelete: ({ messageId, reason }) => ({ id: messageId, reason }),
  userDisconnect: ({ userId, reason }) => ({ user_id: userId, reason }),
  event: ({ eventName, attributes }) => ({ name: eventName, attributes }),
};

async function call(path, bearer, body) {
  const headers = { "Content-Type": "application/json" };
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const answer = await fetch(new URL(path, api), { method: "POST", headers, body });
  return { status: answer.status, body: await answer.json() };
}

class Bystander {
  async signUp() {
    const person = JSON.stringify({ name, password: `password of ${name}` });
    const { status, body } = await call("/v1/users", null, person);
    if (status !== 201) throw new Error(`no account: ${status} ${JSON.stringify(body)}`);
    this.bearer = body.token;
  }

  async fetchToken() {
    const { status, body } = await call(`/v1/channels/${channel}/chat`, this.bearer);
    if (status !== 201) {
      tell("refused", { status, ...body.error });
      throw new Error("no token");
    }
    this.endpoint = body.chat.endpoint;
    return { token: body.chat.token };
  }

  // The endpoint comes with a token, which is the first that the client asks for.
  async enter() {
    let first = await this.fetchToken().catch(() => null);
    if (!first) return;
    const tokenProvider = async () => {
      const token = first ?? (await this.fetchToken());
      first = null;
      return token;
    };
    this.room = new ChatRoom({ regionOrUrl: this.endpoint, tokenProvider });
    this.room.logger = { debug() {}, info() {}, error() {} };
    for (const [event, view] of Object.entries(events))
      this.room.addListener(event, (facts) => tell(event, view(facts)));
    this.room.connect();
  }

  async say(text) {
    try {
      const { id } = await this.room.sendMessage(new SendMessageRequest(text));
      tell("said", { id, text });
    } catch ({ errorCode, errorMessage }) {
      tell("unsaid", { text, status: errorCode, reason: errorMessage });
    }
  }
}

async function main() {
  const self = new Bystander();
  await self.signUp();
  const orders = createInterface({ input: process.stdin });
  orders.on("line", (line) => {
    const order = JSON.parse(line);
    if (order.enter) self.enter();
    if (order.say) self.say(order.say);
  });
  orders.on("close", () => process.exit(0));
}

main();
