/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The functions, what invokes them, and what the code expects of them. @source is the code. */

'use strict'

const { Deployment } = require('./template.cjs')

const properties = (deployment, id) => deployment.resources[id]?.Properties ?? {}
const list = (value) => (Array.isArray(value) ? value : [value])
const lambda = (id) => `arn:aws:lambda:us-west-2:123456789012:function:${id}`

const DATABASE = ['PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED', 'STREAMCAT_DATABASE_SECRET_ARN']
const MASTER = [...DATABASE, 'STREAMCAT_MASTER_SECRET_ARN']
const PROVISION = [...DATABASE, 'STREAMCAT_CHANNEL_TYPE', 'STREAMCAT_CHAT_LOGGING_CONFIGURATION_ARN',
  'STREAMCAT_CHAT_REVIEW_ARN', 'STREAMCAT_RECORDING_CONFIGURATION_ARN', 'STREAMCAT_RULES_BUCKET']

/* Each handler: its resources' first name, the environment that it has to have, and the longest that
 * it may take, in seconds: what waits for it gives up then. */
const HANDLERS = {
  api: { name: 'Api', environment: [...PROVISION, 'STREAMCAT_RECORDINGS_URL'], seconds: 29, memory: 512 },
  chat_held: { name: 'ChatHeld', environment: [...DATABASE, 'STREAMCAT_RULES_BUCKET'], seconds: 60 },
  chat_log: { name: 'ChatLog', environment: DATABASE, seconds: 60 },
  chat_review: { name: 'Review', environment: ['STREAMCAT_CHAT_HELD_ARN', 'STREAMCAT_RULES_BUCKET'], seconds: 1 },
  migrate: { name: 'Migrate', environment: MASTER, seconds: 300 },
  rotate: { name: 'Rotate', environment: MASTER, seconds: 60 },
  stream_state: { name: 'StreamState', environment: DATABASE, seconds: 60 },
  tick: { name: 'Tick', environment: PROVISION, seconds: 59 },
}

const VALUES = {
  PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'false',
  STREAMCAT_CHANNEL_TYPE: 'BASIC',
  STREAMCAT_CHAT_HELD_ARN: lambda('ChatHeldFunction'),
  STREAMCAT_CHAT_LOGGING_CONFIGURATION_ARN: 'arn:aws:ivschat:us-west-2:123456789012:logging-configuration/ChatLoggingConfiguration',
  STREAMCAT_CHAT_REVIEW_ARN: lambda('ReviewFunction:ReviewAlias'),
  STREAMCAT_DATABASE_SECRET_ARN: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:DatabaseSecret-AbCdEf',
  STREAMCAT_MASTER_SECRET_ARN: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-1-AbCdEf',
  STREAMCAT_RECORDINGS_URL: 'https://recordings.example.org',
  STREAMCAT_RECORDING_CONFIGURATION_ARN: 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/RecordingConfiguration',
  STREAMCAT_RULES_BUCKET: 'recordingbucket',
}

/* Without a domain of ours, recordings are at the distribution's. */
function checkRecordingsUrl (deployment) {
  const bare = new Deployment(deployment.template)
  const url = properties(bare, 'ApiFunction').Environment?.Variables?.STREAMCAT_RECORDINGS_URL
  const output = bare.resolve(deployment.template.Outputs?.RecordingsUrl?.Value)
  const wanted = 'https://RecordingsDistribution.DomainName'
  return url === wanted && output === wanted ? [] : [`recordings are said to be at ${url} and ${output}`]
}

/* The handlers are those of the code, each once. */
function checkHandlers (deployment, source) {
  const known = [...source.handlers].sort().join()
  const declared = deployment.ofType('AWS::Lambda::Function').map(([, p]) => p.Handler).sort().join()
  return known === declared ? [] : [`the code has the handlers ${known}, the template ${declared}`]
}

function checkEnvironment (deployment, source) {
  const wrong = []
  for (const [handler, { name, environment }] of Object.entries(HANDLERS)) {
    const variables = properties(deployment, `${name}Function`).Environment?.Variables ?? {}
    if (Object.keys(variables).sort().join() !== [...environment].sort().join()) wrong.push(`${handler} has another environment`)
    for (const [key, value] of Object.entries(variables)) {
      if (VALUES[key] !== value) wrong.push(`${handler}: ${key} is ${value}`)
      if (key.startsWith('STREAMCAT_') && !source.variables.has(key)) wrong.push(`${handler}: nobody reads ${key}`)
    }
  }
  return wrong
}

function checkPlace (deployment, handler, { name, seconds, memory = 128 }) {
  const own = properties(deployment, `${name}Function`)
  const review = handler === 'chat_review'
  const wrong = []
  const expect = (good, words) => { if (!good) wrong.push(`${handler} ${words}`) }
  const network = own.VpcConfig ?? {}
  expect(own.Handler === handler, 'is another function')
  expect(own.Code?.S3Bucket === 'parameter-CodeBucket', 'comes from another bucket')
  expect(own.Code?.S3Key === `parameter-${review ? 'ReviewCodeKey' : 'LambdaCodeKey'}`, 'has the code of another')
  expect(own.Runtime === 'provided.al2023' && list(own.Architectures).join() === 'x86_64', 'runs on something else')
  expect(own.Timeout > 0 && own.Timeout <= seconds, 'takes longer than anybody waits')
  expect(own.ReservedConcurrentExecutions >= 1 && own.ReservedConcurrentExecutions <= 20, 'may take all of the concurrency, or none')
  expect(own.MemorySize >= memory && own.MemorySize <= 1024, 'has another size')
  expect(review === !own.VpcConfig, review ? 'is in the network, which it does not need' : 'is not in the network')
  if (review) return wrong
  expect(list(network.SubnetIds).sort().join() === 'PrivateSubnetA,PrivateSubnetB', 'is in other subnets')
  expect(list(network.SecurityGroupIds).join() === 'FunctionsSecurityGroup.GroupId', 'has another group')
  expect(list(own.Layers).join() === 'parameter-ExtensionLayerArn', 'has no extension for secrets')
  return wrong
}

function checkFunctions (deployment) {
  const wrong = []
  for (const [handler, wanted] of Object.entries(HANDLERS)) {
    wrong.push(...checkPlace(deployment, handler, wanted))
    const { DependsOn } = deployment.resources[`${wanted.name}Function`] ?? {}
    const group = wanted.name === 'ChatLog' ? 'ChatLogFunctionLogGroup' : `${wanted.name}LogGroup`
    const own = properties(deployment, `${wanted.name}Function`)
    if (properties(deployment, group).LogGroupName !== `/aws/lambda/${own.FunctionName}` || !list(DependsOn).includes(group))
      wrong.push(`${handler} logs to a group that it makes itself, and keeps for ever`)
    if (own.Role !== `arn:aws:iam::123456789012:role/${wanted.name}Role`) wrong.push(`${handler} has the role of another`)
    if (!['chat_review', 'migrate'].includes(handler) && !list(DependsOn).includes('Migration'))
      wrong.push(`${handler} may run before its tables are there`)
  }
  if (properties(deployment, 'TickFunction').ReservedConcurrentExecutions !== 1) wrong.push('tick runs twice at once')
  if (properties(deployment, 'MigrateFunction').ReservedConcurrentExecutions !== 1) wrong.push('migrate runs twice at once')
  return wrong
}

/* Everybody who may invoke a function: principal, function and source. */
const ACCOUNT = '123456789012'
const PERMISSIONS = {
  ApiPermission: ['apigateway.amazonaws.com', lambda('ApiFunction'), 'arn:aws:execute-api:us-west-2:123456789012:Api/*/*'],
  ChatLogPermission: ['logs.amazonaws.com', lambda('ChatLogFunction'), 'arn:aws:logs:us-west-2:123456789012:log-group:ChatLogGroup:*', ACCOUNT],
  ReviewPermission: ['ivschat.amazonaws.com', lambda('ReviewFunction:ReviewAlias'), 'arn:aws:ivschat:us-west-2:123456789012:room/*', ACCOUNT],
  RotatePermission: ['secretsmanager.amazonaws.com', lambda('RotateFunction'), VALUES.STREAMCAT_DATABASE_SECRET_ARN, ACCOUNT],
  StreamRulePermission: ['events.amazonaws.com', lambda('StreamStateFunction'), 'arn:aws:events:us-west-2:123456789012:rule/StreamRule'],
  TickRulePermission: ['events.amazonaws.com', lambda('TickFunction'), 'arn:aws:events:us-west-2:123456789012:rule/TickRule'],
}

function checkPermissions (deployment) {
  const wrong = []
  const found = deployment.ofType('AWS::Lambda::Permission')
  if (found.map(([id]) => id).sort().join() !== Object.keys(PERMISSIONS).join()) wrong.push('others invoke functions than are meant to')
  for (const [id, p] of found) {
    const [principal, target, source, account] = PERMISSIONS[id] ?? []
    if (p.Action !== 'lambda:InvokeFunction' || p.Principal !== principal || p.FunctionName !== target || p.SourceArn !== source ||
        p.SourceAccount !== account) wrong.push(`${id} is not what ${principal} needs, or more`)
  }
  return wrong
}

function checkReview (deployment) {
  const wrong = []
  const alias = properties(deployment, 'ReviewAlias')
  const version = properties(deployment, 'ReviewVersion')
  const parameter = deployment.template.Parameters.ReviewConcurrency ?? {}
  if (alias.FunctionName !== lambda('ReviewFunction') || alias.FunctionVersion !== 'ReviewVersion.Version') wrong.push('the alias names another version')
  if (version.FunctionName !== lambda('ReviewFunction') || !version.Description?.includes('parameter-ReviewCodeKey')) wrong.push('new code makes no new version')
  if (alias.ProvisionedConcurrencyConfig?.ProvisionedConcurrentExecutions !== parameter.Default) wrong.push('the review starts cold')
  if (!(properties(deployment, 'ReviewFunction').ReservedConcurrentExecutions >= parameter.MaxValue)) wrong.push('less is reserved than is kept warm')
  if (!(properties(deployment, 'ReviewFunction').MemorySize >= 512)) wrong.push('the review has too little of a processor for 200 ms')
  return wrong
}

const DAY = 86400

function checkTarget (id, rule, target, queue) {
  const wrong = []
  const targets = list(rule.Targets ?? [])
  if (targets.length !== 1 || targets[0].Arn !== lambda(target)) wrong.push(`${id} reaches another function`)
  if (targets[0]?.DeadLetterConfig?.Arn !== queue) wrong.push(`${id} loses what it cannot deliver`)
  if (rule.State === 'DISABLED') wrong.push(`${id} is off`)
  return wrong
}

/* The rule passes the kinds of events that the code handles, no more and no fewer. */
function checkRules (deployment, source) {
  const queue = 'arn:aws:sqs:us-west-2:123456789012:EventDeadLetters'
  const stream = properties(deployment, 'StreamRule')
  const tick = properties(deployment, 'TickRule')
  const wrong = [...checkTarget('StreamRule', stream, 'StreamStateFunction', queue), ...checkTarget('TickRule', tick, 'TickFunction', queue)]
  const pattern = stream.EventPattern ?? {}
  const kinds = list(pattern['detail-type'] ?? []).sort().join()
  const handled = [...source.events].sort().join()
  if (list(pattern.source).join() !== 'aws.ivs' || Object.keys(pattern).length !== 2) wrong.push('StreamRule takes other events')
  if (kinds !== handled) wrong.push(`StreamRule passes ${kinds}, and the code handles ${handled}`)
  const retry = stream.Targets?.[0]?.RetryPolicy ?? {}
  if (retry.MaximumEventAgeInSeconds !== DAY || !(retry.MaximumRetryAttempts >= 100 && retry.MaximumRetryAttempts <= 185)) wrong.push('StreamRule gives up early')
  const late = tick.Targets?.[0]?.RetryPolicy ?? {}
  if (late.MaximumRetryAttempts !== 0 || late.MaximumEventAgeInSeconds !== 60) wrong.push('a late tick runs beside the next')
  if (tick.ScheduleExpression !== 'rate(1 minute)' || tick.EventPattern) wrong.push('tick does not run every minute')
  return wrong
}

/* What a function fails at is kept. */
function checkFailures (deployment) {
  const wrong = []
  for (const name of ['ChatHeld', 'ChatLog', 'StreamState', 'Tick']) {
    const config = properties(deployment, `${name}InvokeConfig`)
    if (config.FunctionName !== `${name}Function` || config.Qualifier !== '$LATEST' ||
        config.DestinationConfig?.OnFailure?.Destination !== 'arn:aws:sqs:us-west-2:123456789012:FailedInvocations')
      wrong.push(`what ${name} fails at is lost`)
    const once = name === 'Tick'
    if (config.MaximumRetryAttempts !== (once ? 0 : 2)) wrong.push(`${name} is tried another number of times`)
    const [least, most] = once ? [60, 60] : [600, 21600]
    if (!(config.MaximumEventAgeInSeconds >= least && config.MaximumEventAgeInSeconds <= most)) wrong.push(`${name} is given up on within minutes`)
  }
  return wrong
}

function checkChatLog (deployment) {
  const filter = properties(deployment, 'ChatLogSubscription')
  const good = filter.LogGroupName === 'ChatLogGroup' && filter.FilterPattern === '' &&
    filter.DestinationArn === lambda('ChatLogFunction') &&
    list(deployment.resources.ChatLogSubscription?.DependsOn).includes('ChatLogPermission')
  return good ? [] : ['what is said does not reach chat_log']
}

function checkSecret (deployment) {
  const wrong = []
  const generate = properties(deployment, 'DatabaseSecret').GenerateSecretString ?? {}
  let shape = {}
  try { shape = JSON.parse(generate.SecretStringTemplate.replace('Database.Endpoint.Port', '5432')) } catch { wrong.push('the secret is no JSON') }
  if (shape.username !== 'streamcat' || shape.host !== 'Database.Endpoint.Address' || shape.port !== 5432 || shape.dbname !== 'streamcat')
    wrong.push('the secret does not say how to reach the database')
  if (generate.GenerateStringKey !== 'password' || !(generate.PasswordLength >= 32) || generate.ExcludePunctuation !== true)
    wrong.push('the password is weak, or not fit for a connection string')
  if (properties(deployment, 'DatabaseSecret').SecretString) wrong.push('a secret is in the template')
  const rotation = properties(deployment, 'DatabaseSecretRotation')
  if (rotation.SecretId !== VALUES.STREAMCAT_DATABASE_SECRET_ARN || rotation.RotationLambdaARN !== lambda('RotateFunction') ||
      !(rotation.RotationRules?.AutomaticallyAfterDays >= 1 && rotation.RotationRules.AutomaticallyAfterDays <= 90) ||
      rotation.RotateImmediatelyOnUpdate !== false) wrong.push('the password is not rotated')
  const after = list(deployment.resources.DatabaseSecretRotation?.DependsOn)
  if (!['Migration', 'RotatePermission'].every((d) => after.includes(d))) wrong.push('the password is rotated before there is a role')
  return wrong
}

/* What migrate needs to answer CloudFormation: there before it, gone after it. */
const NEEDED = ['DatabaseFromFunctions', 'FunctionsToDatabase', 'PrivateAssociationA', 'PrivateAssociationB', 'PrivateRouteA',
  'PrivateRouteB', 'SecretsEndpoint', 'SecretsFromFunctions', 'StorageEndpoint']

function checkMigration (deployment) {
  const wrong = []
  const { DependsOn, Properties: own = {}, Type } = deployment.resources.Migration ?? {}
  if (Type !== 'Custom::Migration' || own.ServiceToken !== lambda('MigrateFunction')) wrong.push('nobody migrates the database')
  if (own.CodeKey !== 'parameter-LambdaCodeKey') wrong.push('new code does not migrate the database')
  if (own.DatabaseSecretArn !== VALUES.STREAMCAT_DATABASE_SECRET_ARN || own.DatabaseAddress !== 'Database.Endpoint.Address')
    wrong.push('a new secret or database is not migrated to')
  if (!(own.ServiceTimeout <= 3600 && own.ServiceTimeout > properties(deployment, 'MigrateFunction').Timeout)) wrong.push('CloudFormation gives up before migrate does')
  for (const id of NEEDED) if (!list(DependsOn).includes(id)) wrong.push(`Migration may run without ${id}`)
  return wrong
}

function checkApi (deployment) {
  const wrong = []
  const integration = properties(deployment, 'ApiIntegration')
  const route = properties(deployment, 'ApiRoute')
  const stage = properties(deployment, 'ApiStage')
  if (properties(deployment, 'Api').ProtocolType !== 'HTTP' || [integration, route, stage].some((p) => p.ApiId !== 'Api')) wrong.push('the API is another')
  if (integration.IntegrationType !== 'AWS_PROXY' || integration.PayloadFormatVersion !== '2.0' ||
      integration.IntegrationUri !== lambda('ApiFunction')) wrong.push('the API reaches no function that understands it')
  if (!(integration.TimeoutInMillis <= 29000 && integration.TimeoutInMillis >= properties(deployment, 'ApiFunction').Timeout * 1000)) wrong.push('the API gives up before its function')
  if (route.RouteKey !== '$default' || route.AuthorizationType !== 'NONE' || route.Target !== 'integrations/ApiIntegration') wrong.push('requests go nowhere')
  const limits = stage.DefaultRouteSettings ?? {}
  if (stage.StageName !== '$default' || stage.AutoDeploy !== true) wrong.push('the API is not deployed')
  if (![limits.ThrottlingBurstLimit, limits.ThrottlingRateLimit].every((n) => n >= 10 && n <= 1000)) wrong.push('the API has no limits')
  const format = stage.AccessLogSettings?.Format ?? ''
  if (!/\$context\.status/.test(format) || /authorization|header|querystring|body/i.test(format)) wrong.push('the access log says too little, or secrets')
  try { JSON.parse(format) } catch { wrong.push('the access log is no JSON') }
  if (stage.AccessLogSettings?.DestinationArn !== 'arn:aws:logs:us-west-2:123456789012:log-group:ApiAccessLogGroup:*') wrong.push('the access log is elsewhere')
  return wrong
}

module.exports = [checkHandlers, checkEnvironment, checkRecordingsUrl, checkFunctions, checkPermissions, checkReview, checkRules, checkFailures,
  checkChatLog, checkSecret, checkMigration, checkApi]
