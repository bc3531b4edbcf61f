/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the code says that the template has to agree with, read out of the code itself. */

'use strict'

const fs = require('node:fs')
const path = require('node:path')

function sources (root, ...folders) {
  return folders.flatMap((folder) => fs.readdirSync(path.join(root, 'src', folder), { recursive: true })
    .filter((name) => name.endsWith('.c')).map((name) => fs.readFileSync(path.join(root, 'src', folder, name), 'utf8')))
    .join('\n')
}

function all (text, pattern) {
  return new Set([...text.matchAll(pattern)].map((m) => m[1]))
}

/* The services' names in policies, by the names of the code. */
const SERVICES = { SC_AWS_CLOUDWATCH: 'cloudwatch', SC_AWS_IVS: 'ivs', SC_AWS_IVS_CHAT: 'ivschat', SC_AWS_IVS_REALTIME: 'ivs',
  SC_AWS_LAMBDA: 'lambda', SC_AWS_S3: 's3', SC_AWS_SECRETS_MANAGER: 'secretsmanager' }

/* What policies call otherwise than the API does. */
const ACTIONS = { DeleteObjects: 'DeleteObject', Invoke: 'InvokeFunction', ListObjectsV2: 'ListBucket' }

/* Operations stand as { SC_AWS_IVS_CHAT, "CreateRoom", … }; sc-ivs.c and sc-ivschat.c have short ways
 * of their own to say them. */
function operations (root) {
  const found = new Set()
  for (const [, service, name] of sources(root, 'aws').matchAll(/\{ (SC_AWS_[A-Z_0-9]+), "([A-Z][A-Za-z0-9]+)"/g))
    found.add(`${SERVICES[service]}:${ACTIONS[name] ?? name}`)
  for (const [file, service] of [['sc-ivs.c', 'ivs'], ['sc-ivschat.c', 'ivschat']]) {
    const text = fs.readFileSync(path.join(root, 'src/aws', file), 'utf8')
    for (const [, name] of text.matchAll(/\bcall[a-z_]* \(aws, "([A-Z][A-Za-z]+)"/g)) found.add(`${service}:${name}`)
  }
  return found
}

/* Reads the code of the checkout at @root. */
function readSource (root) {
  const lambda = fs.readFileSync(path.join(root, 'src/lambda/main.c'), 'utf8')
  const table = lambda.slice(lambda.indexOf('functions[] = {'))
  const handlers = all(table.slice(0, table.indexOf('};')), /\{\s*"([a-z_]+)",/g)
  if (/"chat_review"/.test(fs.readFileSync(path.join(root, 'src/lambda/review-main.c'), 'utf8'))) handlers.add('chat_review')
  const stack = sources(root, 'local')
  return {
    handlers,
    variables: all(sources(root, 'aws', 'lambda', 'service'), /"(STREAMCAT_[A-Z_]+)"/g),
    events: all(sources(root, 'service'), /"(IVS [A-Z][A-Za-z ]+)"/g),
    operations: operations(root),
    outputs: new Set([...all(stack, /\{ "([A-Z][A-Za-z]+)", "STREAMCAT_[A-Z_]+" \}/g),
      ...all(stack, /sc_stack_get_output \([^,]+, "([A-Za-z]+)"\)/g)]),
  }
}

module.exports = { readSource }
