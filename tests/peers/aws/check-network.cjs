/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The network as its rules mean it: who may speak to whom, and which way is out. Each check gets a
 * deployment with everything switched on and returns sentences about what is wrong. */

'use strict'

const { Deployment } = require('./template.cjs')

const PORTS = [443, 5432]
const WEB_GROUPS = ['BastionSecurityGroup.GroupId', 'FunctionsSecurityGroup.GroupId']

function ingressRules (deployment) {
  const alone = deployment.ofType('AWS::EC2::SecurityGroupIngress')
  const inline = deployment.ofType('AWS::EC2::SecurityGroup')
    .flatMap(([id, p]) => (p.SecurityGroupIngress ?? []).map((rule) => [id, rule]))
  return [...alone, ...inline]
}

function isOnePort (rule) {
  return rule.IpProtocol === 'tcp' && rule.FromPort === rule.ToPort && PORTS.includes(rule.FromPort)
}

/* In only from a group that is named, through one port. */
function checkIngress (deployment) {
  return ingressRules(deployment).flatMap(([id, rule]) => {
    const wrong = []
    if (rule.CidrIp || rule.CidrIpv6 || rule.SourcePrefixListId) wrong.push(`${id} lets in addresses, not a group`)
    if (!rule.SourceSecurityGroupId) wrong.push(`${id} names no group that it lets in`)
    if (!isOnePort(rule)) wrong.push(`${id} opens more than the port of PostgreSQL or of TLS`)
    return wrong
  })
}

/* Who exactly may reach whom: rules that let in, and rules that let out, by pair. */
const WAYS_IN = ['BastionSecurityGroup>DatabaseSecurityGroup:5432', 'FunctionsSecurityGroup>DatabaseSecurityGroup:5432',
  'FunctionsSecurityGroup>SecretsSecurityGroup:443']
const WAYS_OUT = ['BastionSecurityGroup>DatabaseSecurityGroup:5432', 'FunctionsSecurityGroup>DatabaseSecurityGroup:5432']

function ways (rules, from, to) {
  const group = (name) => String(name).replace('.GroupId', '')
  return rules.map(([, r]) => `${group(r[from])}>${group(r[to])}:${r.FromPort}`).sort().join(' ')
}

function checkPairs (deployment) {
  const wrong = []
  const rulesIn = deployment.ofType('AWS::EC2::SecurityGroupIngress')
  const rulesOut = deployment.ofType('AWS::EC2::SecurityGroupEgress')
  if (ways(rulesIn, 'SourceSecurityGroupId', 'GroupId') !== WAYS_IN.join(' ')) wrong.push('other ways in than are meant')
  if (ways(rulesOut, 'GroupId', 'DestinationSecurityGroupId') !== WAYS_OUT.join(' ')) wrong.push('other ways out than are meant')
  for (const [id, rule] of rulesOut) if (!isOnePort(rule)) wrong.push(`${id} is not one port`)
  return wrong
}

/* Out to the web by TLS for two groups; a group without a rule of its own would reach everything. */
function checkEgress (deployment) {
  return deployment.ofType('AWS::EC2::SecurityGroup').flatMap(([id, p]) => {
    const rules = p.SecurityGroupEgress ?? []
    if (rules.length !== 1) return [`${id} has to say in one rule where it may speak to`]
    const [rule] = rules
    const nowhere = rule.CidrIp === '255.255.255.255/32' && rule.IpProtocol === 'icmp'
    const web = rule.CidrIp === '0.0.0.0/0' && isOnePort(rule) && rule.FromPort === 443
    const wanted = WEB_GROUPS.includes(`${id}.GroupId`) ? web : nowhere
    return wanted && p.VpcId === 'Vpc' ? [] : [`${id} speaks to others than it is meant to, or is in no network`]
  })
}

function tableOf (deployment, subnet) {
  const found = deployment.ofType('AWS::EC2::SubnetRouteTableAssociation').filter(([, p]) => p.SubnetId === subnet)
  return found.length === 1 ? found[0][1].RouteTableId : undefined
}

function wayOut (deployment, table) {
  return deployment.ofType('AWS::EC2::Route').filter(([, p]) => p.RouteTableId === table)
    .map(([, p]) => `${p.DestinationCidrBlock} ${p.GatewayId ?? p.NatGatewayId}`).join(', ')
}

/* Inside the network, AWS's own names have to lead to the endpoints. */
function checkNames (deployment) {
  const vpc = deployment.resources.Vpc?.Properties ?? {}
  const attachment = deployment.resources.InternetAttachment?.Properties ?? {}
  const wrong = []
  if (vpc.EnableDnsSupport !== true || vpc.EnableDnsHostnames !== true) wrong.push('names are not resolved inside the network')
  if (!BLOCK.test(vpc.CidrBlock)) wrong.push('the network has no block of addresses')
  if (attachment.InternetGatewayId !== 'InternetGateway' || attachment.VpcId !== 'Vpc') wrong.push('the internet gateway is not attached')
  return wrong
}

const WAY_OUT = {
  PublicSubnetA: '0.0.0.0/0 InternetGateway', PublicSubnetB: '0.0.0.0/0 InternetGateway',
  PrivateSubnetA: '0.0.0.0/0 NatGatewayA', PrivateSubnetB: '0.0.0.0/0 NatGatewayB',
  IsolatedSubnetA: '', IsolatedSubnetB: '',
}

/* With one NAT gateway, both zones go through it. */
function checkOneNat (deployment) {
  const one = new Deployment(deployment.template, { ...deployment.parameters, NatGateways: '1' })
  const way = wayOut(one, 'PrivateRoutesB')
  return way === WAY_OUT.PrivateSubnetA && !one.resources.NatAddressB ? [] : [`with one NAT gateway the second zone leads to ${way}`]
}

function checkRoutes (deployment) {
  const wrong = []
  for (const [subnet, wanted] of Object.entries(WAY_OUT)) {
    const table = tableOf(deployment, subnet)
    if (!table) wrong.push(`${subnet} has not one route table`)
    else if (wayOut(deployment, table) !== wanted) wrong.push(`${subnet} leads elsewhere: ${wayOut(deployment, table)}`)
  }
  return wrong
}

/* A block as first and last address. */
function range (block) {
  const [address, bits] = block.split('/')
  const first = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
  return [first, first + 2 ** (32 - bits) - 1]
}

const BLOCK = /^[0-9]{1,3}(\.[0-9]{1,3}){3}\/[0-9]{1,2}$/

function checkSubnets (deployment) {
  const wrong = []
  const subnets = deployment.ofType('AWS::EC2::Subnet')
  const [low, high] = range(deployment.resources.Vpc?.Properties.CidrBlock ?? '0.0.0.0/32')
  if (subnets.map(([id]) => id).sort().join() !== Object.keys(WAY_OUT).sort().join()) wrong.push('other subnets than are meant')
  for (const [id, p] of subnets) {
    const [first, last] = range(p.CidrBlock)
    if (!BLOCK.test(p.CidrBlock)) wrong.push(`${id} has no block of addresses`)
    if (p.MapPublicIpOnLaunch !== false) wrong.push(`${id} gives public addresses`)
    if (p.AvailabilityZone !== (id.endsWith('A') ? 'us-west-2a' : 'us-west-2b')) wrong.push(`${id} is in another zone`)
    if (first < low || last > high) wrong.push(`${id} is outside the network`)
    for (const [other, q] of subnets) {
      const [begin, end] = range(q.CidrBlock)
      if (other < id && begin <= last && first <= end) wrong.push(`${id} and ${other} overlap`)
    }
  }
  return wrong
}

function same (list, ...wanted) {
  return Array.isArray(list) && [...list].sort().join() === wanted.sort().join()
}

function checkGateways (deployment) {
  const wrong = []
  for (const zone of ['A', 'B']) {
    const gateway = deployment.resources[`NatGateway${zone}`]?.Properties
    if (gateway?.SubnetId !== `PublicSubnet${zone}`) wrong.push(`NatGateway${zone} is not in its public subnet`)
    if (gateway?.AllocationId !== `NatAddress${zone}.AllocationId`) wrong.push(`NatGateway${zone} has not its own address`)
    const address = deployment.resources[`NatAddress${zone}`]
    if (address?.Properties.Domain !== 'vpc' || address.DependsOn !== 'InternetAttachment') wrong.push(`NatAddress${zone} is of no network, or comes too early`)
  }
  const { template } = deployment
  if (template.Resources.NatGatewayA?.Condition) wrong.push('there may be no NAT gateway')
  if (template.Resources.NatGatewayB?.Condition !== 'HasTwoNats') wrong.push('the second NAT gateway is no choice')
  if (template.Resources.PublicRoute?.DependsOn !== 'InternetAttachment') wrong.push('the route may come before its gateway')
  return wrong
}

const SECRET_ACTIONS = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map((a) => `secretsmanager:${a}`)

function checkEndpoints (deployment) {
  const wrong = []
  const endpoint = (id) => deployment.resources[id]?.Properties ?? {}
  const secrets = endpoint('SecretsEndpoint')
  const storage = endpoint('StorageEndpoint')
  if (secrets.ServiceName !== 'com.amazonaws.us-west-2.secretsmanager' || secrets.VpcEndpointType !== 'Interface' ||
      secrets.PrivateDnsEnabled !== true) wrong.push('secrets are not asked for inside the network')
  if (!same(secrets.SubnetIds, 'PrivateSubnetA', 'PrivateSubnetB')) wrong.push('the secrets endpoint is elsewhere')
  if (!same(secrets.SecurityGroupIds, 'SecretsSecurityGroup.GroupId')) wrong.push('the secrets endpoint has another group')
  const [allow = {}, ...more] = secrets.PolicyDocument?.Statement ?? []
  if (more.length || allow.Effect !== 'Allow' || allow.Principal !== '*' || !same(allow.Action, ...SECRET_ACTIONS) ||
      allow.Resource !== 'arn:aws:secretsmanager:us-west-2:123456789012:secret:*' ||
      allow.Condition?.StringEquals?.['aws:PrincipalAccount'] !== '123456789012') wrong.push('the secrets endpoint serves other accounts, or not ours')
  if (storage.ServiceName !== 'com.amazonaws.us-west-2.s3' || storage.VpcEndpointType !== 'Gateway' ||
      !same(storage.RouteTableIds, 'PrivateRoutesA', 'PrivateRoutesB')) wrong.push('storage is not reached inside the network')
  return wrong
}

function checkFlowLog (deployment) {
  const log = deployment.resources.FlowLog?.Properties ?? {}
  const good = log.ResourceId === 'Vpc' && log.ResourceType === 'VPC' && ['REJECT', 'ALL'].includes(log.TrafficType) &&
    log.LogGroupName === 'FlowLogGroup' && log.LogDestinationType === 'cloud-watch-logs' && log.DeliverLogsPermissionArn?.endsWith('role/FlowLogRole')
  return good ? [] : ['what the network turns away is not logged']
}

/* Operators' host: off, without a door. */
function checkBastion (deployment) {
  const wrong = []
  const { template } = deployment
  for (const [id, resource] of Object.entries(template.Resources)) {
    const belongs = /^Bastion|Bastion$/.test(id) || resource.Type === 'AWS::EC2::Instance'
    if (belongs && resource.Condition !== 'HasBastion') wrong.push(`${id} is there although nobody asked for a bastion`)
  }
  if (template.Parameters.Bastion?.Default !== 'off') wrong.push('the bastion is not off by default')
  const host = deployment.resources.BastionHost?.Properties ?? {}
  if (host.KeyName || host.UserData) wrong.push('the bastion has a key, or runs a script')
  if (host.MetadataOptions?.HttpTokens !== 'required' || host.MetadataOptions.HttpPutResponseHopLimit !== 1) wrong.push("the bastion's metadata needs no token")
  if (host.SubnetId !== 'PrivateSubnetA' || host.NetworkInterfaces) wrong.push('the bastion is not in a private subnet')
  if (!same(host.SecurityGroupIds, 'BastionSecurityGroup.GroupId')) wrong.push('the bastion has another group')
  if (!/^\{\{resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/al2023-[a-z0-9.-]+-arm64\}\}$/.test(host.ImageId) ||
      !host.InstanceType?.startsWith('t4g.')) wrong.push('the bastion is another machine')
  if (!same(deployment.resources.BastionHost?.DependsOn, 'PrivateAssociationA', 'PrivateRouteA')) wrong.push('the bastion starts without a way out')
  if (host.IamInstanceProfile !== 'BastionProfile') wrong.push('Session Manager does not reach the bastion')
  if (!same(deployment.resources.BastionProfile?.Properties.Roles, 'BastionRole')) wrong.push('the bastion has another role')
  if (!host.BlockDeviceMappings?.length || !host.BlockDeviceMappings.every((d) => d.DeviceName === '/dev/xvda' && d.Ebs?.Encrypted === true)) wrong.push("the bastion's disk is not encrypted")
  return wrong
}

module.exports = [checkIngress, checkPairs, checkEgress, checkNames, checkRoutes, checkOneNat, checkSubnets, checkGateways, checkEndpoints,
  checkFlowLog, checkBastion]
