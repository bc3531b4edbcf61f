/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A CloudFormation template read, and resolved as one deployment of it: what Ref and GetAtt give is
 * a made-up name, or an ARN of AWS's form. */

'use strict'

const yaml = require('yaml')

const PSEUDO = {
  'AWS::AccountId': '123456789012',
  'AWS::NoValue': undefined,
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-west-2',
  'AWS::StackName': 'streamcat',
  'AWS::URLSuffix': 'amazonaws.com',
}

const FUNCTIONS = ['And', 'Equals', 'FindInMap', 'GetAZs', 'If', 'Join', 'Not', 'Or', 'Select', 'Sub']

/* The short forms of CloudFormation's functions, as the long ones. */
function shortForms () {
  const tag = (name, key, collection) => ({
    tag: `!${name}`,
    collection,
    resolve: (value) => {
      const argument = collection ? value.toJSON() : value
      const known = name === 'GetAtt' && typeof argument === 'string'
      return { [key]: known ? split(argument) : argument }
    },
  })
  const names = [['Ref', 'Ref'], ['Condition', 'Condition'], ['GetAtt', 'Fn::GetAtt']]
  for (const name of FUNCTIONS) names.push([name, `Fn::${name}`])
  return names.flatMap(([name, key]) =>
    [undefined, 'seq', 'map'].map((collection) => tag(name, key, collection)))
}

/* "Resource.Attribute"; the attribute may have dots of its own. */
function split (dotted) {
  const dot = dotted.indexOf('.')
  return dot < 0 ? [dotted] : [dotted.slice(0, dot), dotted.slice(dot + 1)]
}

/* Parses a template; throws what is wrong with its YAML. */
function parse (text) {
  const document = yaml.parseDocument(text, { customTags: shortForms(), uniqueKeys: true, schema: 'core' })
  if (document.errors.length) throw document.errors[0]
  return document.toJS()
}

/* What each type's Ref and Arn look like; the others get a name. */
const ARNS = {
  'AWS::IAM::ManagedPolicy': (id) => `arn:aws:iam::123456789012:policy/${id}`,
  'AWS::IAM::Role': (id) => `arn:aws:iam::123456789012:role/${id}`,
  'AWS::IVS::RecordingConfiguration': (id) => `arn:aws:ivs:us-west-2:123456789012:recording-configuration/${id}`,
  'AWS::IVSChat::LoggingConfiguration': (id) => `arn:aws:ivschat:us-west-2:123456789012:logging-configuration/${id}`,
  'AWS::Lambda::Alias': (id) => `arn:aws:lambda:us-west-2:123456789012:function:ReviewFunction:${id}`,
  'AWS::Lambda::Function': (id) => `arn:aws:lambda:us-west-2:123456789012:function:${id}`,
  'AWS::Logs::LogGroup': (id) => `arn:aws:logs:us-west-2:123456789012:log-group:${id}:*`,
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::SNS::Topic': (id) => `arn:aws:sns:us-west-2:123456789012:${id}`,
  'AWS::SQS::Queue': (id) => `arn:aws:sqs:us-west-2:123456789012:${id}`,
  'AWS::SecretsManager::Secret': (id) => `arn:aws:secretsmanager:us-west-2:123456789012:secret:${id}-AbCdEf`,
  'AWS::Events::Rule': (id) => `arn:aws:events:us-west-2:123456789012:rule/${id}`,
}
const REF_IS_ARN = ['AWS::IAM::ManagedPolicy', 'AWS::IVS::RecordingConfiguration', 'AWS::Lambda::Alias',
  'AWS::IVSChat::LoggingConfiguration', 'AWS::SNS::Topic', 'AWS::SecretsManager::Secret']

/* One deployment of a template: its parameters are the defaults and those given. */
class Deployment {
  constructor (template, parameters = {}) {
    this.template = template
    this.parameters = parameters
    this.resources = {}
    for (const [id, resource] of Object.entries(template.Resources)) {
      if (resource.Condition === undefined || this.holds(resource.Condition))
        this.resources[id] = { ...resource, Properties: this.resolve(resource.Properties ?? {}) }
    }
  }

  parameter (name) {
    return this.parameters[name] ?? this.template.Parameters?.[name]?.Default ?? `parameter-${name}`
  }

  holds (condition) {
    return this.resolve(this.template.Conditions?.[condition])
  }

  /* What Ref gives without an attribute, else what GetAtt gives. */
  name (id, attribute) {
    if (attribute === undefined && id in PSEUDO) return PSEUDO[id]
    if (attribute === undefined && this.template.Parameters?.[id]) return this.parameter(id)
    const type = this.template.Resources[id]?.Type
    if (attribute === 'MasterUserSecret.SecretArn')
      return 'arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-1-AbCdEf'
    if (ARNS[type] && (attribute ? attribute === 'Arn' : REF_IS_ARN.includes(type))) return ARNS[type](id)
    if (type === 'AWS::S3::Bucket' && !attribute) return id.toLowerCase()
    return attribute ? `${id}.${attribute}` : id
  }

  resolve (value) {
    if (Array.isArray(value)) return value.map((v) => this.resolve(v)).filter((v) => v !== undefined)
    if (value === null || typeof value !== 'object') return value
    const [key, ...others] = Object.keys(value)
    if (others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) return this.call(key, value[key])
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.resolve(v)])
      .filter(([, v]) => v !== undefined))
  }

  call (name, argument) {
    switch (name) {
      case 'Ref': return this.name(argument)
      case 'Fn::GetAtt': return this.name(...(typeof argument === 'string' ? split(argument) : argument))
      case 'Fn::If': return this.resolve(this.holds(argument[0]) ? argument[1] : argument[2])
      case 'Fn::Equals': return String(this.resolve(argument[0])) === String(this.resolve(argument[1]))
      case 'Fn::Not': return !this.resolve(argument[0])
      case 'Fn::GetAZs': return ['us-west-2a', 'us-west-2b', 'us-west-2c']
      case 'Fn::Select': return this.resolve(argument[1])[argument[0]]
      case 'Fn::Join': return this.resolve(argument[1]).join(argument[0])
      case 'Fn::Sub': return this.substitute(argument)
      default: throw new Error(`${name} is not known here`)
    }
  }

  substitute (argument) {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}]
    return text.replace(/\$\{(!?)([^}]*)\}/g, (all, literal, name) => {
      if (literal) return `\${${name}}`
      return name in own ? this.resolve(own[name]) : this.name(...split(name))
    })
  }

  /* The resources of a type, as [id, properties, resource]. */
  ofType (type) {
    return Object.entries(this.resources).filter(([, r]) => r.Type === type)
      .map(([id, r]) => [id, r.Properties, r])
  }
}

module.exports = { Deployment, parse, split }
