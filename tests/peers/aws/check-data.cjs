/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is kept, who may read it, and what of it outlives the stack. */

'use strict'

const properties = (deployment, id) => deployment.resources[id]?.Properties ?? {}
const list = (value) => (Array.isArray(value) ? value : [value])

/* What cannot be changed in place is used by channels and rooms: a stack's update makes a second one,
 * and tick moves them. What people said and streamed outlives the stack. */
const RETAINED = ['AWS::IVS::RecordingConfiguration', 'AWS::IVSChat::LoggingConfiguration', 'AWS::S3::Bucket']

function checkRetained (deployment) {
  const wrong = []
  for (const [id, resource] of Object.entries(deployment.template.Resources)) {
    const policies = [resource.DeletionPolicy, resource.UpdateReplacePolicy]
    const keeps = RETAINED.includes(resource.Type) || id === 'ChatLogGroup'
    if (keeps && policies.some((p) => p !== 'Retain')) wrong.push(`${id} is not retained`)
    if (resource.Type === 'AWS::RDS::DBInstance' && policies.some((p) => p !== 'Snapshot')) wrong.push(`${id} goes without a snapshot`)
    if (policies[0] !== policies[1]) wrong.push(`${id} is kept in one case and not in the other`)
  }
  return wrong
}

const DATABASE = {
  AutoMinorVersionUpgrade: true, CACertificateIdentifier: 'rds-ca-rsa2048-g1', CopyTagsToSnapshot: true, DBName: 'streamcat', DBParameterGroupName: 'DatabaseParameters',
  DBSubnetGroupName: 'DatabaseSubnets', DeleteAutomatedBackups: false, DeletionProtection: true, Engine: 'postgres',
  ManageMasterUserPassword: true, MasterUsername: 'streamcat_master', PubliclyAccessible: false, StorageEncrypted: true,
  StorageType: 'gp3',
}

function checkDatabase (deployment) {
  const database = properties(deployment, 'Database')
  const wrong = Object.entries(DATABASE).filter(([name, value]) => database[name] !== value)
    .map(([name, value]) => `Database.${name} is not ${value}`)
  if (database.MasterUserPassword) wrong.push('the master password is in the template')
  if (list(database.VPCSecurityGroups).join() !== 'DatabaseSecurityGroup.GroupId') wrong.push('the database has another group')
  if (!(Number(database.BackupRetentionPeriod) >= 1)) wrong.push('the database is not backed up')
  if (!(deployment.template.Parameters.BackupDays?.MinValue >= 1)) wrong.push('backups can be switched off')
  if (!(Number(database.MaxAllocatedStorage) > Number(database.AllocatedStorage))) wrong.push('the database cannot grow')
  const subnets = list(properties(deployment, 'DatabaseSubnets').SubnetIds).sort().join()
  if (subnets !== 'IsolatedSubnetA,IsolatedSubnetB') wrong.push('the database is not isolated')
  const group = properties(deployment, 'DatabaseParameters')
  if (group.Parameters?.['rds.force_ssl'] !== '1') wrong.push('PostgreSQL speaks without TLS')
  if (group.Family !== `postgres${database.EngineVersion}`) wrong.push('the parameters are of another version')
  if (!(Number(group.Parameters?.idle_in_transaction_session_timeout) > 0)) wrong.push('a frozen function keeps its locks')
  return wrong
}

/* The statements of a policy that are as @like. */
function statements (policy, like) {
  return list(policy?.PolicyDocument?.Statement ?? []).filter((s) =>
    Object.entries(like).every(([key, value]) => JSON.stringify(s[key]) === JSON.stringify(value)))
}

function forcesTls (policy, action, resources) {
  return statements(policy, { Effect: 'Deny', Principal: '*', Action: action }).some((s) =>
    s.Condition?.Bool?.['aws:SecureTransport'] === 'false' && resources.every((r) => list(s.Resource).includes(r)))
}

const BUCKET = 'arn:aws:s3:::recordingbucket'

function checkBucket (deployment) {
  const wrong = []
  const bucket = properties(deployment, 'RecordingBucket')
  for (const name of ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'])
    if (bucket.PublicAccessBlockConfiguration?.[name] !== true) wrong.push(`the bucket may become public: ${name}`)
  if (bucket.OwnershipControls?.Rules?.[0]?.ObjectOwnership !== 'BucketOwnerEnforced') wrong.push('the bucket has ACLs')
  if (!bucket.BucketEncryption?.ServerSideEncryptionConfiguration?.[0]) wrong.push('the bucket is not encrypted')
  const rules = list(bucket.LifecycleConfiguration?.Rules ?? [])
  if (rules.length < 2 || rules.some((r) => r.Status !== 'Enabled')) wrong.push('the bucket has not its lifecycle')
  if (!rules.some((r) => r.AbortIncompleteMultipartUpload?.DaysAfterInitiation >= 1 && r.AbortIncompleteMultipartUpload.DaysAfterInitiation <= 7)) wrong.push('broken uploads stay')
  if (rules.some((r) => r.ExpirationInDays || r.ExpirationDate)) wrong.push('recordings vanish that the database still lists')
  const moves = rules.filter((r) => r.Transitions?.some((t) => t.StorageClass === 'INTELLIGENT_TIERING' && t.TransitionInDays >= 1 && t.TransitionInDays <= 365))
  if (moves.length !== 1 || moves[0].Prefix !== 'ivs/') wrong.push('recordings stay in the dearest storage class, or rules leave it')
  if (bucket.AccessControl || bucket.WebsiteConfiguration) wrong.push('the bucket is a website, or has an ACL')
  return wrong
}

function checkBucketPolicy (deployment) {
  const wrong = []
  const policy = properties(deployment, 'RecordingBucketPolicy')
  const cdn = { Service: 'cloudfront.amazonaws.com' }
  if (policy.Bucket !== 'recordingbucket') wrong.push("the policy is another bucket's")
  if (!forcesTls(policy, 's3:*', [BUCKET, `${BUCKET}/*`])) wrong.push('the bucket is read without TLS')
  const allows = statements(policy, { Effect: 'Allow' })
  const [shown] = allows
  if (allows.length !== 1 || JSON.stringify(shown.Principal) !== JSON.stringify(cdn) || list(shown.Action).join() !== 's3:GetObject' ||
      list(shown.Resource).join() !== `${BUCKET}/ivs/*,${BUCKET}/avatars/*`)
    wrong.push('others than the distribution read, or more than recordings and pictures')
  const source = shown?.Condition?.StringEquals?.['AWS:SourceArn'] ?? shown?.Condition?.StringEquals?.['aws:SourceArn']
  if (source !== 'arn:aws:cloudfront::123456789012:distribution/RecordingsDistribution')
    wrong.push("anybody's distribution reads the bucket")
  const hidden = statements(policy, { Effect: 'Deny', Principal: cdn, Action: 's3:*' })
  if (!hidden.some((s) => list(s.Resource).includes(`${BUCKET}/rules/*`) && !s.Condition)) wrong.push('rules are served')
  return wrong
}

function checkRecording (deployment) {
  const wrong = []
  const recording = properties(deployment, 'RecordingConfiguration')
  const thumbnails = recording.ThumbnailConfiguration ?? {}
  if (recording.DestinationConfiguration?.S3?.BucketName !== 'recordingbucket') wrong.push('recordings go to another bucket')
  if (thumbnails.RecordingMode !== 'INTERVAL' || !(thumbnails.TargetIntervalSeconds >= 1)) wrong.push('there are no thumbnails')
  if (!['LATEST', 'SEQUENTIAL'].every((s) => list(thumbnails.Storage).includes(s))) wrong.push('the latest thumbnail is missing')
  if (!(recording.RecordingReconnectWindowSeconds > 0)) wrong.push('a broken line cuts the recording')
  return wrong
}

const THUMBNAIL = '/ivs/*/media/latest_thumbnail/thumb.jpg'

function checkBehaviour (name, behaviour) {
  const wrong = []
  if (behaviour.ViewerProtocolPolicy !== 'https-only') wrong.push(`${name} is served without TLS`)
  if ([behaviour.AllowedMethods, behaviour.CachedMethods].some((m) => list(m).sort().join() !== 'GET,HEAD')) wrong.push(`${name} takes more than reading`)
  if (behaviour.TargetOriginId !== 'bucket') wrong.push(`${name} comes from elsewhere`)
  return wrong
}

function checkDistribution (deployment) {
  const config = properties(deployment, 'RecordingsDistribution').DistributionConfig ?? {}
  const wrong = checkBehaviour('the default', config.DefaultCacheBehavior ?? {})
  const behaviours = list(config.CacheBehaviors ?? [])
  for (const behaviour of behaviours) wrong.push(...checkBehaviour(behaviour.PathPattern, behaviour))
  const origins = list(config.Origins ?? [])
  const [origin] = origins
  if (origins.length !== 1 || origin.Id !== 'bucket' || origin.DomainName !== 'RecordingBucket.RegionalDomainName' ||
      origin.OriginAccessControlId !== 'RecordingsAccess.Id' || origin.S3OriginConfig?.OriginAccessIdentity !== '') wrong.push('the origin is not the bucket by access control')
  const access = properties(deployment, 'RecordingsAccess').OriginAccessControlConfig ?? {}
  if (access.SigningBehavior !== 'always' || access.SigningProtocol !== 'sigv4' || access.OriginAccessControlOriginType !== 's3')
    wrong.push('the distribution does not sign what it asks for')
  if (config.Enabled !== true) wrong.push('the distribution is off')
  if (config.ViewerCertificate?.MinimumProtocolVersion !== 'TLSv1.2_2021') wrong.push('viewers may use an old TLS')
  if (list(config.Aliases ?? []).join() !== 'recordings.example.org' || config.ViewerCertificate?.SslSupportMethod !== 'sni-only' ||
      config.ViewerCertificate.AcmCertificateArn !== 'a-certificate') wrong.push('the own domain is not served')
  if (config.HttpVersion !== 'http2and3' || config.IPV6Enabled !== true || config.DefaultCacheBehavior?.Compress !== true) wrong.push('the distribution serves in an old way')
  for (const code of [403, 404])
    if (!list(config.CustomErrorResponses ?? []).some((e) => e.ErrorCode === code && e.ErrorCachingMinTTL >= 1 && e.ErrorCachingMinTTL <= 5)) wrong.push(`${code} is remembered for long`)
  return wrong
}

function checkCaching (deployment) {
  const wrong = []
  const config = properties(deployment, 'RecordingsDistribution').DistributionConfig ?? {}
  const behaviours = list(config.CacheBehaviors ?? [])
  if (config.DefaultCacheBehavior?.CachePolicyId !== '658327ea-f89d-4fab-a63d-7e88639e58f6') wrong.push('recordings are cached otherwise')
  if (behaviours.map((b) => b.PathPattern).join() !== THUMBNAIL) wrong.push('the latest thumbnail has not its own rule')
  if (behaviours[0]?.CachePolicyId !== 'LatestThumbnailCachePolicy') wrong.push('the latest thumbnail is cached as the rest')
  const policy = properties(deployment, 'LatestThumbnailCachePolicy').CachePolicyConfig ?? {}
  const interval = properties(deployment, 'RecordingConfiguration').ThumbnailConfiguration?.TargetIntervalSeconds
  if (policy.MinTTL !== 0 || policy.DefaultTTL !== interval || !(policy.MaxTTL >= interval && policy.MaxTTL <= 60)) wrong.push('the latest thumbnail is kept for longer than the next one takes')
  const forwarded = policy.ParametersInCacheKeyAndForwardedToOrigin ?? {}
  if (forwarded.CookiesConfig?.CookieBehavior !== 'none' || forwarded.HeadersConfig?.HeaderBehavior !== 'none' ||
      forwarded.QueryStringsConfig?.QueryStringBehavior !== 'none') wrong.push('strangers choose what is kept apart in the cache')
  return wrong
}

function checkLogs (deployment) {
  const wrong = []
  for (const [id, p] of deployment.ofType('AWS::Logs::LogGroup'))
    if (!(p.RetentionInDays > 0)) wrong.push(`${id} is kept for ever`)
  const chat = properties(deployment, 'ChatLoggingConfiguration').DestinationConfiguration?.CloudWatchLogs
  if (chat?.LogGroupName !== 'ChatLogGroup') wrong.push('chat is logged elsewhere')
  if (!properties(deployment, 'ChatLogGroup').LogGroupName?.startsWith('/aws/vendedlogs/')) wrong.push('the chat log has another name')
  const names = deployment.ofType('AWS::Logs::LogGroup').map(([, p]) => p.LogGroupName)
  if (new Set(names).size !== names.length) wrong.push('two log groups have one name')
  return wrong
}

function checkQueuesAndTopic (deployment) {
  const wrong = []
  for (const id of ['EventDeadLetters', 'FailedInvocations']) {
    const arn = `arn:aws:sqs:us-west-2:123456789012:${id}`
    const policy = properties(deployment, `${id}Policy`)
    const queue = properties(deployment, id)
    if (queue.SqsManagedSseEnabled !== true) wrong.push(`${id} is not encrypted`)
    if (queue.MessageRetentionPeriod !== 1209600) wrong.push(`${id} forgets before two weeks are over`)
    if (list(policy.Queues).join() !== id || !forcesTls(policy, 'sqs:*', [arn])) wrong.push(`${id} is reached without TLS`)
    const allows = statements(policy, { Effect: 'Allow' })
    if (allows.length !== (id === 'EventDeadLetters' ? 1 : 0)) wrong.push(`${id} lets others in`)
  }
  const [allow] = statements(properties(deployment, 'EventDeadLettersPolicy'), { Effect: 'Allow' })
  const sources = list(allow?.Condition?.ArnEquals?.['aws:SourceArn']).sort().join()
  if (allow?.Principal?.Service !== 'events.amazonaws.com' || list(allow.Action).join() !== 'sqs:SendMessage' ||
      !allow.Resource?.endsWith(':EventDeadLetters') || sources !== ['StreamRule', 'TickRule'].map((r) => `arn:aws:events:us-west-2:123456789012:rule/${r}`).join())
    wrong.push('dead letters do not arrive, or come from others')
  return wrong
}

module.exports = [checkRetained, checkDatabase, checkBucket, checkBucketPolicy, checkRecording, checkDistribution,
  checkCaching, checkLogs, checkQueuesAndTopic]
