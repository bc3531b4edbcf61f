/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a role may do, as IAM evaluates it: each case of iam-cases.cjs is put to a simulator. */

'use strict'

const { runSimulation } = require('@cloud-copilot/iam-simulate')
const cases = require('./iam-cases.cjs')

const ACCOUNT = '123456789012'

/* The policies of a role: its own, and the managed ones of the template that it names. */
function policiesOf (deployment, role) {
  const properties = deployment.resources[role]?.Properties
  if (!properties) return null
  const own = (properties.Policies ?? []).map((p) => ({ name: p.PolicyName, policy: p.PolicyDocument }))
  const managed = (properties.ManagedPolicyArns ?? []).map((arn) => {
    const id = arn.split('/').pop()
    return { name: id, policy: deployment.resources[id]?.Properties.PolicyDocument }
  })
  return [...own, ...managed]
}

function simulate (policies, role, one) {
  return runSimulation({
    request: {
      action: one.action,
      principal: `arn:aws:iam::${ACCOUNT}:role/${role}`,
      resource: { resource: one.resource, accountId: ACCOUNT },
      contextVariables: one.context ?? {},
    },
    identityPolicies: policies,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }, {})
}

function name (one) {
  const context = Object.entries(one.context ?? {}).map(([k, v]) => ` ${k}=${v}`).join('')
  return `${one.role} ${one.allowed ? 'may' : 'may not'} ${one.action} ${one.resource}${context}`
}

/* Returns the cases that came out otherwise, as sentences. */
async function checkIam (deployment) {
  const wrong = []
  for (const one of cases) {
    const policies = policiesOf(deployment, one.role)
    if (!policies || policies.some((p) => !p.policy)) {
      wrong.push(`${one.role} or one of its policies is not there`)
      continue
    }
    const result = await simulate(policies, one.role, one)
    if (result.resultType === 'error') wrong.push(`${name(one)}: ${JSON.stringify(result.errors)}`)
    else if ((result.overallResult === 'Allowed') !== one.allowed) wrong.push(name(one))
  }
  return wrong
}

module.exports = { checkIam, policiesOf }
