/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may do what, and who may not. For each role both. */

'use strict'

const place = 'us-west-2:123456789012'
const channel = `arn:aws:ivs:${place}:channel/AbCdEfGhIjKl`
const stage = `arn:aws:ivs:${place}:stage/AbCdEfGhIjKl`
const streamKey = `arn:aws:ivs:${place}:stream-key/AbCdEfGhIjKl`
const recordingConfiguration = `arn:aws:ivs:${place}:recording-configuration/AbCdEfGhIjKl`
const room = `arn:aws:ivschat:${place}:room/AbCdEfGhIjKl`
const bucket = 'arn:aws:s3:::recordingbucket'
const rules = `${bucket}/rules/room.json`
const avatar = `${bucket}/avatars/5c1a3f6e-0000-4000-8000-000000000000/0a.png`
const document = `${bucket}/ivs/v1/123456789012/AbCdEfGhIjKl/2026/11/26/8/0/x/events/recording-ended.json`
const segment = `${bucket}/ivs/v1/123456789012/AbCdEfGhIjKl/2026/11/26/8/0/x/media/hls/480p30/1.ts`
const secret = `arn:aws:secretsmanager:${place}:secret:DatabaseSecret-AbCdEf`
const master = `arn:aws:secretsmanager:${place}:secret:rds!db-1-AbCdEf`
const otherSecret = `arn:aws:secretsmanager:${place}:secret:other-AbCdEf`
const failures = `arn:aws:sqs:${place}:FailedInvocations`
const deadLetters = `arn:aws:sqs:${place}:EventDeadLetters`
const networkInterface = `arn:aws:ec2:${place}:network-interface/eni-0123456789abcdef0`
const instance = `arn:aws:ec2:${place}:instance/i-0123456789abcdef0`
const lambda = (name) => `arn:aws:lambda:${place}:function:${name}`
const log = (group) => `arn:aws:logs:${place}:log-group:${group}:log-stream:x`

const ours = { 'aws:ResourceTag/project': 'streamcat' }
const theirs = { 'aws:ResourceTag/project': 'other' }
const asOurs = { 'aws:RequestTag/project': 'streamcat' }
const asTheirs = { 'aws:RequestTag/project': 'other' }

const cases = []
const may = (role, action, resource, context) => cases.push({ role, action, resource, context, allowed: true })
const mayNot = (role, action, resource, context) => cases.push({ role, action, resource, context, allowed: false })

/* Nothing of another's, whatever the action; ours only by its tag. */
function onlyOurs (role, action, resource) {
  may(role, action, resource, ours)
  mayNot(role, action, resource, theirs)
  mayNot(role, action, resource)
}

function onlyAsOurs (role, action, resource) {
  may(role, action, resource, asOurs)
  mayNot(role, action, resource, asTheirs)
  mayNot(role, action, resource)
}

/* What every function's role is about. */
const logs = { ApiRole: 'ApiLogGroup', ChatHeldRole: 'ChatHeldLogGroup', ChatLogRole: 'ChatLogFunctionLogGroup',
  MigrateRole: 'MigrateLogGroup', ReviewRole: 'ReviewLogGroup', RotateRole: 'RotateLogGroup',
  StreamStateRole: 'StreamStateLogGroup', TickRole: 'TickLogGroup' }
for (const [role, group] of Object.entries(logs)) {
  may(role, 'logs:PutLogEvents', log(group))
  mayNot(role, 'logs:PutLogEvents', log('ChatLogGroup'))
  mayNot(role, 'logs:DeleteLogGroup', `arn:aws:logs:${place}:log-group:${group}`)
  mayNot(role, 'secretsmanager:GetSecretValue', otherSecret)
  mayNot(role, 'iam:CreateUser', 'arn:aws:iam::123456789012:user/x')
  mayNot(role, 's3:PutObject', segment)
  mayNot(role, 'ivs:DeleteRecordingConfiguration', recordingConfiguration, ours)
}

/* The functions inside the network. */
for (const role of Object.keys(logs).filter((r) => r !== 'ReviewRole')) {
  may(role, 'secretsmanager:GetSecretValue', secret)
  may(role, 'ec2:CreateNetworkInterface', networkInterface)
  mayNot(role, 'ec2:CreateNetworkInterface', networkInterface, { 'lambda:SourceFunctionArn': lambda('ApiFunction') })
  mayNot(role, 'ec2:RunInstances', instance)
}
mayNot('ReviewRole', 'secretsmanager:GetSecretValue', secret)
mayNot('ReviewRole', 'ec2:CreateNetworkInterface', networkInterface)

/* The master's password: for those who make the application role. */
for (const role of ['MigrateRole', 'RotateRole']) {
  may(role, 'secretsmanager:GetSecretValue', master)
  mayNot(role, 'secretsmanager:PutSecretValue', master)
  mayNot(role, 'ivs:CreateChannel', channel, asOurs)
}
for (const role of ['ApiRole', 'TickRole', 'StreamStateRole', 'ChatLogRole', 'ChatHeldRole', 'ReviewRole'])
  mayNot(role, 'secretsmanager:GetSecretValue', master)
may('RotateRole', 'secretsmanager:PutSecretValue', secret)
may('RotateRole', 'secretsmanager:UpdateSecretVersionStage', secret)
may('RotateRole', 'secretsmanager:DescribeSecret', secret)
mayNot('RotateRole', 'secretsmanager:DeleteSecret', secret)
for (const role of ['ApiRole', 'TickRole', 'MigrateRole', 'StreamStateRole'])
  mayNot(role, 'secretsmanager:PutSecretValue', secret)

/* Sign-up and what mends it. */
for (const role of ['ApiRole', 'TickRole']) {
  for (const action of ['ivs:ListChannels', 'ivs:ListStreams']) may(role, action, channel)
  may(role, 'ivs:ListStages', stage)
  may(role, 'ivschat:ListRooms', room)
  onlyAsOurs(role, 'ivs:CreateChannel', channel)
  onlyAsOurs(role, 'ivs:CreateStage', stage)
  onlyAsOurs(role, 'ivs:CreateStreamKey', streamKey)
  onlyAsOurs(role, 'ivschat:CreateRoom', room)
  onlyAsOurs(role, 'ivs:TagResource', channel)
  mayNot(role, 'ivs:TagResource', channel, { ...asOurs, ...theirs })
  mayNot(role, 'ivschat:TagResource', room, { ...asOurs, ...theirs })
  may(role, 'ivs:TagResource', channel, { ...asOurs, ...ours })
  for (const action of ['DeleteChannel', 'GetChannel', 'GetStream', 'GetStreamSession', 'StopStream', 'UpdateChannel'])
    onlyOurs(role, `ivs:${action}`, channel)
  onlyOurs(role, 'ivs:DeleteStage', stage)
  onlyOurs(role, 'ivs:DeleteStreamKey', streamKey)
  for (const action of ['DeleteMessage', 'DeleteRoom', 'DisconnectUser', 'SendEvent', 'UpdateRoom'])
    onlyOurs(role, `ivschat:${action}`, room)
  may(role, 's3:PutObject', rules)
  mayNot(role, 's3:PutObject', document)
  mayNot(role, 'ivs:PutMetadata', channel, ours)
  mayNot(role, 'ivs:CreateRecordingConfiguration', recordingConfiguration, asOurs)
}
onlyOurs('ApiRole', 'ivschat:CreateChatToken', room)
onlyOurs('ApiRole', 'ivs:GetStreamKey', streamKey)
may('ApiRole', 'cloudwatch:GetMetricData', '*')
mayNot('TickRole', 'cloudwatch:GetMetricData', '*')
mayNot('ApiRole', 's3:GetObject', document)
may('ApiRole', 's3:PutObject', avatar)
mayNot('ApiRole', 's3:GetObject', avatar)
for (const role of Object.keys(logs).filter((r) => r !== 'ApiRole')) mayNot(role, 's3:PutObject', avatar)
mayNot('TickRole', 'ivschat:CreateChatToken', room, ours)
mayNot('TickRole', 'ivs:GetStreamKey', streamKey, ours)
may('TickRole', 's3:GetObject', document)
may('TickRole', 's3:DeleteObject', segment)
may('TickRole', 's3:DeleteObject', rules)
may('TickRole', 's3:DeleteObject', avatar)
mayNot('TickRole', 's3:DeleteObject', `${bucket}/other`)
mayNot('TickRole', 's3:DeleteBucket', bucket)
may('TickRole', 's3:ListBucket', bucket, { 's3:prefix': 'ivs/v1/123456789012/AbCdEfGhIjKl/' })
may('TickRole', 's3:ListBucket', bucket, { 's3:prefix': 'rules/AbCdEfGhIjKl.json' })
mayNot('TickRole', 's3:ListBucket', bucket, { 's3:prefix': '' })
mayNot('TickRole', 's3:ListBucket', bucket)
for (const role of Object.keys(logs).filter((r) => r !== 'TickRole')) mayNot(role, 's3:DeleteObject', segment)
for (const role of Object.keys(logs).filter((r) => r !== 'TickRole')) mayNot(role, 's3:DeleteObject', avatar)
mayNot('TickRole', 's3:GetObject', segment)

/* Events, logs and lines. */
onlyOurs('StreamStateRole', 'ivs:GetStreamSession', channel)
onlyOurs('StreamStateRole', 'ivschat:SendEvent', room)
may('StreamStateRole', 's3:GetObject', document)
mayNot('StreamStateRole', 's3:GetObject', segment)
mayNot('StreamStateRole', 's3:GetObject', rules)
mayNot('StreamStateRole', 'ivs:StopStream', channel, ours)
onlyOurs('ChatHeldRole', 'ivschat:SendEvent', room)
mayNot('ChatHeldRole', 'ivschat:DisconnectUser', room, ours)
mayNot('ChatLogRole', 'ivschat:SendEvent', room, ours)
mayNot('ChatLogRole', 's3:GetObject', document)
may('ReviewRole', 's3:GetObject', rules)
mayNot('ReviewRole', 's3:PutObject', rules)
mayNot('ReviewRole', 's3:GetObject', document)
may('ReviewRole', 'lambda:InvokeFunction', lambda('ChatHeldFunction'))
mayNot('ReviewRole', 'lambda:InvokeFunction', lambda('MigrateFunction'))
mayNot('ReviewRole', 'ivschat:SendEvent', room, ours)
for (const role of ['ApiRole', 'TickRole', 'ChatHeldRole']) mayNot(role, 'lambda:InvokeFunction', lambda('MigrateFunction'))

/* What fails goes into one queue, and into no other. */
for (const role of ['ChatHeldRole', 'ChatLogRole', 'StreamStateRole', 'TickRole']) {
  may(role, 'sqs:SendMessage', failures)
  mayNot(role, 'sqs:SendMessage', deadLetters)
  mayNot(role, 'sqs:ReceiveMessage', failures)
}
for (const role of ['ApiRole', 'MigrateRole', 'ReviewRole']) mayNot(role, 'sqs:SendMessage', failures)

/* Roles of no function. */
may('FlowLogRole', 'logs:PutLogEvents', log('FlowLogGroup'))
mayNot('FlowLogRole', 'logs:PutLogEvents', log('ApiLogGroup'))
may('BastionRole', 'ssmmessages:OpenDataChannel', '*')
may('BastionRole', 'ssm:UpdateInstanceInformation', instance)
mayNot('BastionRole', 'ssm:SendCommand', instance)
mayNot('BastionRole', 'ssm:GetParameter', `arn:aws:ssm:${place}:parameter/x`)
mayNot('BastionRole', 'secretsmanager:GetSecretValue', master)
mayNot('BastionRole', 's3:GetObject', segment)

module.exports = cases
