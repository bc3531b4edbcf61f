/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The template against AWS's own description of each resource type: unknown types, properties and
 * attributes, values that are no choice, what is required and missing, and values of another type. */

'use strict'

const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec')
const { split } = require('./template.cjs')

const database = loadAwsServiceSpecSync()

const isFunction = (value) => {
  const keys = Object.keys(value)
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'))
}
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

function lookUp (type) {
  const name = type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type
  return database.lookup('resource', 'cloudFormationType', 'equals', name)[0]
}

const PRIMITIVES = {
  boolean: (v) => typeof v === 'boolean' || v === 'true' || v === 'false',
  integer: (v) => Number.isInteger(v) || /^-?[0-9]+$/.test(v),
  number: (v) => typeof v === 'number' || !Number.isNaN(Number(v)),
  string: (v) => typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean',
  'date-time': (v) => typeof v === 'string',
}

function checkPrimitive (value, type, where) {
  const test = PRIMITIVES[type.type]
  if (test && !test(value)) return [`${where} is no ${type.type}`]
  if (type.allowedValues && !type.allowedValues.map(String).includes(String(value))) return [`${where}: ${value} is no choice`]
  return []
}

function checkMembers (value, definition, where, open) {
  const wrong = []
  for (const [name, member] of Object.entries(value)) {
    const known = definition.properties[name]
    if (known) wrong.push(...checkValue(member, known.type, `${where}.${name}`))
    else if (!open) wrong.push(`${where} has no property ${name}`)
  }
  for (const [name, known] of Object.entries(definition.properties))
    if (known.required && !(name in value)) wrong.push(`${where} lacks ${name}`)
  return wrong
}

const TAG = { properties: { Key: { type: { type: 'string' }, required: true }, Value: { type: { type: 'string' }, required: true } } }

function checkCollection (value, type, where) {
  if (type.type === 'array') {
    if (!Array.isArray(value)) return [`${where} is no list`]
    return value.flatMap((v, i) => checkValue(v, type.element, `${where}[${i}]`))
  }
  if (!isObject(value)) return [`${where} is no mapping`]
  if (type.type === 'tag') return checkMembers(value, TAG, where)
  if (type.type === 'map') return Object.entries(value).flatMap(([k, v]) => checkValue(v, type.element, `${where}.${k}`))
  return checkMembers(value, database.get('typeDefinition', type.reference.$ref), where)
}

/* A value may be one of CloudFormation's functions; of an If, both branches are looked at. */
function checkValue (value, type, where) {
  if (isObject(value) && isFunction(value)) {
    const branches = value['Fn::If']?.slice(1) ?? []
    return branches.flatMap((branch) => checkValue(branch, type, where))
  }
  if (type.type === 'union') {
    const results = type.types.map((t) => checkValue(value, t, where))
    return results.some((r) => r.length === 0) ? [] : results[0]
  }
  if (['array', 'map', 'ref', 'tag'].includes(type.type)) return checkCollection(value, type, where)
  return type.type === 'json' ? [] : checkPrimitive(value, type, where)
}

function checkResource (id, resource) {
  const type = lookUp(resource.Type ?? '')
  if (!type) return [`${id}: there is no type ${resource.Type}`]
  const open = resource.Type.startsWith('Custom::')
  return checkMembers(resource.Properties ?? {}, type, id, open)
}

const MEMBERS = ['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata']
const PSEUDO = /^AWS::(AccountId|NoValue|Partition|Region|StackName|URLSuffix)$/

/* What is referred to is there, and has that attribute. */
function checkReference (template, name, attribute) {
  const resource = template.Resources[name]
  if (attribute === undefined) return resource || template.Parameters?.[name] || PSEUDO.test(name) ? [] : [`there is no ${name}`]
  if (!resource) return [`there is no ${name} to ask for ${attribute}`]
  const known = lookUp(resource.Type)?.attributes ?? {}
  return attribute in known || resource.Type.startsWith('Custom::') ? [] : [`${name} has no attribute ${attribute}`]
}

function checkSubstitution (template, argument) {
  const [text, own] = Array.isArray(argument) ? argument : [argument, {}]
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].filter(([, name]) => !(name in own))
    .flatMap(([, name]) => checkReference(template, ...split(name)))
}

function checkReferences (template, value) {
  if (Array.isArray(value)) return value.flatMap((v) => checkReferences(template, v))
  if (!isObject(value)) return []
  if (isFunction(value)) {
    const [[name, argument]] = Object.entries(value)
    if (name === 'Ref') return checkReference(template, argument)
    if (name === 'Fn::GetAtt') {
      const [id, attribute] = typeof argument === 'string' ? split(argument) : argument
      return attribute === undefined ? [`an attribute of ${id} is not named`] : checkReference(template, id, attribute)
    }
    if (name === 'Fn::Sub') return checkSubstitution(template, argument)
    if (name === 'Fn::If' && !template.Conditions?.[argument[0]]) return [`there is no condition ${argument[0]}`]
  }
  return Object.values(value).flatMap((v) => checkReferences(template, v))
}

function checkSpec (template) {
  const wrong = checkReferences(template, template)
  for (const [id, resource] of Object.entries(template.Resources)) {
    wrong.push(...checkResource(id, resource))
    for (const member of Object.keys(resource)) if (!MEMBERS.includes(member)) wrong.push(`${id} has an unknown ${member}`)
    for (const other of [resource.DependsOn ?? []].flat()) if (!template.Resources[other]) wrong.push(`${id} depends on ${other}, which is not there`)
    if (resource.Condition && !template.Conditions?.[resource.Condition]) wrong.push(`${id} has an unknown condition`)
  }
  return wrong
}

module.exports = { checkSpec }
