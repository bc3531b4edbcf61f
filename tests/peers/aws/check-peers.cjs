/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What others find in the template: AWS's own validator, the CDK's reader of templates, and the rules
 * of AwsSolutions. */

'use strict'

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { App, Stack } = require('aws-cdk-lib')
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include')
const { AwsSolutionsChecks } = require('cdk-nag')
const suppressed = require('./suppressed.json')

/* It comes inside the CDK. */
const validator = require(require.resolve('@aws/cloudformation-validate', { paths: [require.resolve('aws-cdk-lib')] }))
const engine = new validator.CompositeEngine()

/* Takes those out that have a reason; @used gets the ones that were met. */
function withoutSuppressed (findings, used) {
  return findings.filter(({ rule, id }) => {
    const reason = suppressed.find((s) => new RegExp(`^(?:${s.rule})$`).test(rule) && s.resources.includes(id))
    if (reason && used) used.add(`${reason.rule} ${id}`)
    return !reason
  }).map(({ rule, id, words }) => `${rule} ${id}: ${words}`)
}

/* What is only information is advice that AWS gives for every template; warnings and errors count. */
function checkValidator (text, used) {
  const report = engine.validateTemplate(new validator.TemplateContent(text, 'streamcat.template.yaml'), { detailLevel: 'STANDARD' })
  const findings = report.diagnostics.filter((d) => d.severity !== 'INFO')
    .map((d) => ({ rule: d.ruleId, id: d.entity?.logicalId ?? '', words: d.message }))
  return withoutSuppressed(findings, used)
}

/* Reads the template as the CDK does, and asks AwsSolutions about it. */
function checkCdk (text, used) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'template-'))
  try {
    const templateFile = path.join(folder, 'template.yaml')
    fs.writeFileSync(templateFile, text)
    const app = new App({ analyticsReporting: false, outdir: path.join(folder, 'out') })
    new CfnInclude(new Stack(app, 'streamcat'), 'included', { templateFile })
    const { violations } = new AwsSolutionsChecks(app).validateScope(app)
    const findings = violations.flatMap((v) => v.violatingResources.map((r) => ({
      rule: v.ruleName, id: r.constructPath.split('/').pop(), words: v.description })))
    return withoutSuppressed(findings, used)
  } catch (error) {
    return [`CfnInclude: ${error.message}`]
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/* A reason for what is no longer found is a lie. */
function findUnused (used) {
  return suppressed.flatMap((s) => s.resources.map((id) => `${s.rule} ${id}`)).filter((one) => !used.has(one))
}

module.exports = { checkCdk, checkValidator, findUnused }
