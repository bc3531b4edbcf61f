/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The template that AWS gets: nothing is found in it, and of the faults that were put into copies of it
 * by people who had not seen these checks, at most one in thirty goes unnoticed.
 *
 * Usage: node test_template.cjs CHECKOUT */

'use strict'

const fs = require('node:fs')
const path = require('node:path')
const { Deployment, parse } = require('./template.cjs')
const { readSource } = require('./source.cjs')
const { checkSpec } = require('./check-spec.cjs')
const { checkCdk, checkValidator, findUnused } = require('./check-peers.cjs')
const { checkIam } = require('./iam-policies.cjs')
const { apply, readFaults } = require('./faults.cjs')
const cases = require('./iam-cases.cjs')

const CHECKS = [...require('./check-network.cjs'), ...require('./check-data.cjs'), ...require('./check-functions.cjs'),
  ...require('./check-whole.cjs')]

/* Of so many faults one may go unnoticed. */
const FAULTS_FOR_ONE = 30

/* Everything that may be switched on. */
const ALL_ON = { AlarmEmail: 'operator@example.org', Bastion: 'on', NatGateways: '2', RecordingsCertificateArn: 'a-certificate',
  RecordingsDomain: 'recordings.example.org' }

const [root] = process.argv.slice(2)
const source = readSource(root)
let count = 0
let failed = 0

/* What is found without any fault is no find. */
const known = new Set()

/* The template declares what rotates the password; until the code has it, two checks say so. */
const awaits = source.handlers.has('rotate') ? [] : ['checkHandlers', 'checkEnvironment']

function report (name, wrong) {
  count++
  for (const words of wrong) known.add(words)
  const todo = wrong.length > 0 && awaits.includes(name)
  if (wrong.length && !todo) failed++
  for (const words of wrong) console.log(`# ${words}`)
  console.log(`${wrong.length ? 'not ok' : 'ok'} ${count} - ${name}${todo ? ' # TODO the handler rotate' : ''}`)
}

/* All that is checked, cheapest first: a name, and what finds sentences. */
function checksOf (text, used) {
  const template = parse(text)
  const deployment = new Deployment(template, ALL_ON)
  const bare = new Deployment(template)
  const own = CHECKS.map((check) => [check.name, () => check(deployment, source)])
  return [
    ['types, properties, choices and references', () => checkSpec(template)],
    ['it resolves with everything off', () => (Object.keys(bare.resources).length ? [] : ['there is nothing'])],
    ...own,
    [`${cases.length} cases of permissions`, () => checkIam(deployment)],
    ["AWS's validator", () => checkValidator(text, used)],
    ['CfnInclude and AwsSolutions', () => checkCdk(text, used)],
  ]
}

/* Returns the first thing that is found and was not there before, or nothing. */
async function findFault (text) {
  try {
    for (const [name, check] of checksOf(text)) {
      const first = (await check()).find((words) => !known.has(words))
      if (first) return `${name}: ${first}`
    }
  } catch (error) {
    return error.message
  }
}

async function testTemplate (text) {
  const used = new Set()
  for (const [name, check] of checksOf(text, used)) report(name, await check())
  report('each suppressed finding is one', findUnused(used))
}

async function testFaults (text) {
  const faults = readFaults(path.join(__dirname, 'faults'))
  const missed = []
  for (const [name, diff] of faults) {
    const found = await findFault(apply(text, diff))
    console.log(`# ${name}: ${found ?? 'NOT FOUND'}`)
    if (!found) missed.push(name)
  }
  const allowed = Math.floor(faults.length / FAULTS_FOR_ONE)
  report(`${faults.length - missed.length} of ${faults.length} faults are found`, missed.length > allowed ? missed : [])
}

async function main () {
  const text = fs.readFileSync(path.join(root, 'data/aws/streamcat.template.yaml'), 'utf8')
  await testTemplate(text)
  await testFaults(text)
  console.log(`1..${count}`)
  process.exitCode = failed ? 1 : 0
}

main()
