/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Alarms, roles, tags, parameters and outputs: what goes through the whole template. */

'use strict'

const properties = (deployment, id) => deployment.resources[id]?.Properties ?? {}
const list = (value) => (Array.isArray(value) ? value : [value])

const ALARMED = ['ApiFunction', 'ChatHeldFunction', 'ChatLogFunction', 'MigrateFunction', 'ReviewFunction', 'RotateFunction',
  'StreamStateFunction', 'TickFunction']

/* What each alarm watches: its metric, what of, and when it speaks. */
const ALARMS = {
  ApiFaultsAlarm: ['AWS/ApiGateway', '5xx', 'ApiId=Api', 'GreaterThanThreshold', 'Sum'],
  DatabaseBusyAlarm: ['AWS/RDS', 'CPUUtilization', 'DBInstanceIdentifier=Database', 'GreaterThanThreshold', 'Average'],
  DatabaseStorageAlarm: ['AWS/RDS', 'FreeStorageSpace', 'DBInstanceIdentifier=Database', 'LessThanThreshold', 'Minimum'],
  EventDeadLettersAlarm: ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName=EventDeadLetters.QueueName', 'GreaterThanThreshold', 'Maximum'],
  FailedInvocationsAlarm: ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName=FailedInvocations.QueueName', 'GreaterThanThreshold', 'Maximum'],
  ReviewColdAlarm: ['AWS/Lambda', 'ProvisionedConcurrencySpilloverInvocations', 'FunctionName=ReviewFunction Resource=ReviewFunction:live', 'GreaterThanThreshold', 'Sum'],
  ReviewSlowAlarm: ['AWS/Lambda', 'Duration', 'FunctionName=ReviewFunction Resource=ReviewFunction:live', 'GreaterThanThreshold', 'p99'],
  ReviewThrottledAlarm: ['AWS/Lambda', 'Throttles', 'FunctionName=ReviewFunction', 'GreaterThanThreshold', 'Sum'],
  TickMissingAlarm: ['AWS/Lambda', 'Invocations', 'FunctionName=TickFunction', 'LessThanThreshold', 'Sum'],
}

/* At once for what must not happen at all, later for what may happen for a moment: the threshold, and
 * how many periods of how many seconds. */
const PATIENCE = { ApiFaultsAlarm: '5 3*60', DatabaseBusyAlarm: '80 3*300', DatabaseStorageAlarm: '2147483648 1*300',
  EventDeadLettersAlarm: '0 1*60', FailedInvocationsAlarm: '0 1*60', ReviewColdAlarm: '0 3*60', ReviewSlowAlarm: '150 3*60',
  ReviewThrottledAlarm: '0 1*60', TickMissingAlarm: '1 5*60' }

function watched (p) {
  const dimensions = list(p.Dimensions ?? []).map((d) => `${d.Name}=${d.Value}`).join(' ')
  return [p.Namespace, p.MetricName, dimensions, p.ComparisonOperator, p.Statistic ?? p.ExtendedStatistic].join()
}

function checkAlarms (deployment) {
  const wrong = []
  const alarms = deployment.ofType('AWS::CloudWatch::Alarm')
  for (const [id, p] of alarms) {
    if (list(p.AlarmActions).join() !== 'arn:aws:sns:us-west-2:123456789012:Alarms' || p.ActionsEnabled === false) wrong.push(`nobody hears ${id}`)
    if (ALARMS[id] && watched(p) !== ALARMS[id].join()) wrong.push(`${id} watches something else`)
    if (PATIENCE[id] && PATIENCE[id] !== `${p.Threshold} ${p.EvaluationPeriods}*${p.Period}`) wrong.push(`${id} speaks early or late`)
    const silence = ['TickMissingAlarm', 'DatabaseBusyAlarm', 'DatabaseStorageAlarm'].includes(id) ? 'breaching' : 'notBreaching'
    if (p.TreatMissingData !== silence) wrong.push(`${id} takes silence for something else`)
  }
  for (const id of Object.keys(ALARMS)) if (!deployment.resources[id]) wrong.push(`${id} is not there`)
  return wrong
}

function checkFunctionErrors (deployment) {
  const own = properties(deployment, 'FunctionErrorsAlarm')
  const metrics = list(own.Metrics ?? []).filter((m) => m.MetricStat)
  const names = metrics.map((m) => m.MetricStat.Metric?.Dimensions?.[0]?.Value).sort().join()
  const good = names === ALARMED.join() && metrics.every((m) => m.ReturnData === false && m.MetricStat.Metric.MetricName === 'Errors' &&
    m.MetricStat.Metric.Dimensions.length === 1 && m.MetricStat.Metric.Dimensions[0].Name === 'FunctionName' &&
    m.MetricStat.Stat === 'Sum' && m.MetricStat.Metric.Namespace === 'AWS/Lambda')
  const fires = own.ComparisonOperator === 'GreaterThanThreshold' && own.Threshold === 0 && own.DatapointsToAlarm === 3 &&
    own.EvaluationPeriods === 5 && metrics.every((m) => m.MetricStat.Period === 60)
  return good && fires && own.Metrics.some((m) => m.Expression === 'SUM(METRICS())') ? [] : ['errors of a function go unheard']
}

function checkTopic (deployment) {
  const wrong = []
  const policy = properties(deployment, 'AlarmsPolicy')
  const topic = 'arn:aws:sns:us-west-2:123456789012:Alarms'
  const statements = list(policy.PolicyDocument?.Statement ?? [])
  const allows = statements.filter((s) => s.Effect === 'Allow')
  const [allow] = allows
  if (list(policy.Topics).join() !== topic || allows.length !== 1 || allow.Principal?.Service !== 'cloudwatch.amazonaws.com' ||
      allow.Condition?.StringEquals?.['aws:SourceAccount'] !== '123456789012' || list(allow.Action).join() !== 'sns:Publish' || allow.Resource !== topic)
    wrong.push('alarms do not reach their topic, or others write to it')
  if (!statements.some((s) => s.Effect === 'Deny' && s.Principal === '*' && s.Action === 'sns:Publish' && s.Resource === topic &&
      s.Condition?.Bool?.['aws:SecureTransport'] === 'false')) wrong.push('the topic is reached without TLS')
  const mail = properties(deployment, 'AlarmsSubscription')
  if (mail.TopicArn !== topic || mail.Protocol !== 'email' || mail.Endpoint !== 'operator@example.org') wrong.push('nobody gets mail')
  if (deployment.template.Resources.AlarmsSubscription?.Condition !== 'HasAlarmEmail') wrong.push('a mail without an address')
  return wrong
}

/* Actions that take no resource, by "Actions, resources, and condition keys for AWS services", or Lists
 * that have to see all of an account's. */
const WITHOUT_RESOURCE = ['cloudwatch:GetMetricData', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs',
  'ivs:ListChannels', 'ivs:ListStages', 'ivs:ListStreams', 'ivschat:ListRooms', 'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel']

const TRUSTED = { BastionRole: 'ec2.amazonaws.com', FlowLogRole: 'vpc-flow-logs.amazonaws.com' }

function allStatements (deployment) {
  const own = deployment.ofType('AWS::IAM::Role').flatMap(([id, p]) =>
    list(p.Policies ?? []).flatMap((policy) => list(policy.PolicyDocument.Statement).map((s) => [id, s])))
  const managed = deployment.ofType('AWS::IAM::ManagedPolicy').flatMap(([id, p]) => list(p.PolicyDocument.Statement).map((s) => [id, s]))
  return [...own, ...managed]
}

function checkStatement (id, s) {
  const wrong = []
  const actions = list(s.Action ?? [])
  if (s.NotAction || s.NotResource || s.NotPrincipal) wrong.push(`${id} allows by exclusion`)
  if (list(s.Resource ?? []).some((r) => r !== '*' && !r.startsWith('arn:'))) wrong.push(`${id} names what is no ARN`)
  if (s.Effect !== 'Allow') return wrong
  if (actions.some((a) => a.includes('*'))) wrong.push(`${id} allows actions by a pattern`)
  if (list(s.Resource).includes('*') && !actions.every((a) => WITHOUT_RESOURCE.includes(a))) wrong.push(`${id} allows on everything what has a resource`)
  const tagged = /^(ivs|ivschat):/
  const open = actions.some((a) => tagged.test(a)) && !actions.every((a) => WITHOUT_RESOURCE.includes(a))
  const keys = Object.keys(s.Condition?.StringEquals ?? {}).join()
  const makes = actions.every((a) => /:(Create(Channel|Room|Stage|StreamKey)|TagResource)$/.test(a))
  if (open && keys !== (makes ? 'aws:RequestTag/project' : 'aws:ResourceTag/project')) wrong.push(`${id} reaches what is not tagged as ours`)
  return wrong
}

function checkRoles (deployment) {
  const wrong = allStatements(deployment).flatMap(([id, s]) => checkStatement(id, s))
  for (const [id, p] of deployment.ofType('AWS::IAM::Role')) {
    const [trust, ...more] = list(p.AssumeRolePolicyDocument.Statement)
    const service = TRUSTED[id] ?? 'lambda.amazonaws.com'
    if (more.length || trust.Effect !== 'Allow' || trust.Principal?.Service !== service || Object.keys(trust.Principal).length !== 1 || trust.Action !== 'sts:AssumeRole')
      wrong.push(`${id} is trusted to others than ${service}`)
    if (list(p.ManagedPolicyArns ?? []).some((arn) => !/:policy\/(Network|Provisioning)Policy$/.test(arn))) wrong.push(`${id} has a policy of AWS's`)
  }
  for (const type of ['User', 'AccessKey', 'Group', 'UserPolicy'])
    if (deployment.ofType(`AWS::IAM::${type}`).length) wrong.push(`there is an AWS::IAM::${type}`)
  return wrong
}

/* Every policy is of the language's present version: in the older one, variables are plain text. */
function checkVersions (deployment) {
  const wrong = []
  const walk = (id, value) => {
    if (value === null || typeof value !== 'object') return
    if (value.Statement && value.Version !== '2012-10-17') wrong.push(`a policy of ${id} is of another version`)
    for (const member of Object.values(value)) walk(id, member)
  }
  for (const [id, resource] of Object.entries(deployment.resources)) walk(id, resource.Properties)
  return wrong
}

/* What AWS Lambda does for a function in its role's name, the function itself may not; and flow logs
 * are the account's own. */
function checkNetworkPolicy (deployment) {
  const wrong = []
  const statements = list(properties(deployment, 'NetworkPolicy').PolicyDocument?.Statement ?? [])
  const actions = (effect) => statements.filter((s) => s.Effect === effect).flatMap((s) => list(s.Action)).sort().join()
  const [deny] = statements.filter((s) => s.Effect === 'Deny')
  if (actions('Deny') !== actions('Allow') || deny.Resource !== '*' ||
      deny.Condition?.ArnLike?.['lambda:SourceFunctionArn'] !== 'arn:aws:lambda:us-west-2:123456789012:function:*')
    wrong.push('a function may do to the network what AWS Lambda may')
  const places = statements.filter((s) => s.Effect === 'Allow').flatMap((s) => list(s.Resource)).sort().join()
  const wanted = ['*', ...['network-interface', 'security-group', 'subnet'].map((r) => `arn:aws:ec2:us-west-2:123456789012:${r}/*`)]
  if (places !== wanted.join()) wrong.push('AWS Lambda reaches other parts of the network, or not enough')
  const trust = properties(deployment, 'FlowLogRole').AssumeRolePolicyDocument?.Statement?.[0]
  if (trust?.Condition?.StringEquals?.['aws:SourceAccount'] !== '123456789012') wrong.push("another account's flow logs use our role")
  return wrong
}

/* Each role may do exactly this: an action more is a decision, and made here too. */
const ACTIONS = require('./role-actions.json')

function checkActions (deployment) {
  const wrong = []
  const found = {}
  for (const [id, s] of allStatements(deployment)) if (s.Effect === 'Allow') (found[id] ??= []).push(...list(s.Action))
  for (const id of new Set([...Object.keys(found), ...Object.keys(ACTIONS)])) {
    const is = (found[id] ?? []).sort().join(' ')
    const wanted = [...(ACTIONS[id] ?? [])].sort().join(' ')
    if (is !== wanted) wrong.push(`${id} may do something else than role-actions.json says`)
  }
  return wrong
}

/* Every operation of AWS that the code knows is one that some function is allowed, but for those that
 * operators alone call, or nobody yet. */
const NOT_BY_FUNCTIONS = require('./not-by-functions.json')

function checkOperations (deployment, source) {
  const allowed = new Set(allStatements(deployment).filter(([, s]) => s.Effect === 'Allow').flatMap(([, s]) => list(s.Action)))
  return [...source.operations].filter((o) => !allowed.has(o) && !NOT_BY_FUNCTIONS.includes(o)).map((o) => `no function may ${o}, which the code calls`)
}

const TAGGED = ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Instance', 'AWS::EC2::NatGateway', 'AWS::EC2::EIP',
  'AWS::IVS::RecordingConfiguration', 'AWS::IVSChat::LoggingConfiguration', 'AWS::Lambda::Function', 'AWS::RDS::DBInstance', 'AWS::S3::Bucket',
  'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::CloudFront::Distribution', 'AWS::ApiGatewayV2::Api']

function checkTags (deployment) {
  return Object.entries(deployment.resources).filter(([, r]) => TAGGED.includes(r.Type)).filter(([, r]) => {
    const tags = r.Properties.Tags
    return Array.isArray(tags) ? !tags.some((t) => t.Key === 'project' && t.Value === 'streamcat') : tags?.project !== 'streamcat'
  }).map(([id]) => `${id} is not tagged as ours, and purge does not see it`)
}

/* Outputs: those that the local cloud and README name. */
function checkOutputs (deployment, source) {
  const { template } = deployment
  const wrong = [...source.outputs].filter((name) => !template.Outputs?.[name]).map((name) => `the output ${name} is missing`)
  for (const [name, output] of Object.entries(template.Outputs ?? {})) {
    const value = deployment.resolve(output.Value)
    const wanted = OUTPUTS[name]
    if (wanted === undefined) wrong.push(`nobody knows the output ${name}`)
    else if (value !== wanted) wrong.push(`the output ${name} is ${value}`)
  }
  return wrong
}

const OUTPUTS = {
  AlarmsArn: 'arn:aws:sns:us-west-2:123456789012:Alarms',
  ApiFunctionArn: 'arn:aws:lambda:us-west-2:123456789012:function:ApiFunction',
  ApiUrl: 'Api.ApiEndpoint',
  BastionId: 'BastionHost',
  ChannelType: 'BASIC',
  ChatLogGroupName: 'ChatLogGroup',
  ChatLoggingConfigurationArn: 'arn:aws:ivschat:us-west-2:123456789012:logging-configuration/ChatLoggingConfiguration',
  ChatReviewArn: 'arn:aws:lambda:us-west-2:123456789012:function:ReviewFunction:ReviewAlias',
  DatabaseAddress: 'Database.Endpoint.Address',
  DatabaseMasterSecretArn: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-1-AbCdEf',
  DatabaseSecretArn: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:DatabaseSecret-AbCdEf',
  EventDeadLettersUrl: 'EventDeadLetters',
  FailedInvocationsUrl: 'FailedInvocations',
  RecordingBucketName: 'recordingbucket',
  RecordingConfigurationArn: 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/RecordingConfiguration',
  RecordingsDistributionId: 'RecordingsDistribution',
  RecordingsUrl: 'https://recordings.example.org',
}

/* Every parameter and condition is used, and the costly and the open are off by default. */
const DEFAULTS = { Bastion: 'off', NatGateways: '1', ChannelType: 'BASIC', AlarmEmail: '', RecordingsDomain: '' }

function checkParameters (deployment) {
  const { template } = deployment
  const text = JSON.stringify([template.Resources, template.Outputs, template.Conditions])
  const wrong = []
  for (const name of Object.keys(template.Parameters)) {
    if (!text.includes(`{"Ref":"${name}"}`) && !text.includes(`\${${name}}`)) wrong.push(`nothing uses the parameter ${name}`)
  }
  const conditional = JSON.stringify([template.Resources, template.Outputs])
  for (const name of Object.keys(template.Conditions ?? {}))
    if (!conditional.includes(`"${name}"`)) wrong.push(`nothing uses the condition ${name}`)
  for (const [name, value] of Object.entries(DEFAULTS))
    if (template.Parameters[name]?.Default !== value) wrong.push(`${name} is not ${JSON.stringify(value)} by default`)
  return wrong
}

/* A template is text that many read. */
function checkSecretsInText (deployment) {
  const text = JSON.stringify(deployment.template)
  const wrong = []
  if (/AKIA[A-Z0-9]{16}|resolve:secretsmanager|-----BEGIN|sk_[a-z]{2}-/.test(text)) wrong.push('a secret stands in the template, or is put into its properties')
  for (const [id, p] of deployment.ofType('AWS::Lambda::Function'))
    for (const name of Object.keys(p.Environment?.Variables ?? {}))
      if (/PASSWORD|TOKEN|SECRET(?!_ARN|S_EXTENSION)/.test(name)) wrong.push(`${id} has the secret ${name} in its environment`)
  return wrong
}

module.exports = [checkAlarms, checkFunctionErrors, checkTopic, checkRoles, checkVersions, checkNetworkPolicy, checkActions, checkOperations, checkTags, checkOutputs,
  checkParameters, checkSecretsInText]
