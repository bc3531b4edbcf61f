/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-resource-types.h"

#define LIST(...) ((const char *const[]) { __VA_ARGS__ __VA_OPT__ (, ) NULL })

/* Only properties that mean something here, or that change nothing on one machine, are listed: one
 * that is not is refused instead of silently left out. */
static const ScResourceType types[] = {
  { "AWS::ApiGatewayV2::Api",
    LIST ("Name", "ProtocolType"),
    LIST ("Tags"),
    LIST ("ApiEndpoint", "ApiId"),
    "ApiId" },
  { "AWS::ApiGatewayV2::Integration",
    LIST ("ApiId", "IntegrationType"),
    LIST ("IntegrationUri", "PayloadFormatVersion", "TimeoutInMillis"),
    LIST ("IntegrationId"),
    "IntegrationId" },
  { "AWS::ApiGatewayV2::Route",
    LIST ("ApiId", "RouteKey"),
    LIST ("AuthorizationType", "Target"),
    LIST ("RouteId"),
    "RouteId" },
  { "AWS::ApiGatewayV2::Stage",
    LIST ("ApiId", "StageName"),
    LIST ("AccessLogSettings", "AutoDeploy", "DefaultRouteSettings", "Tags"),
    LIST (),
    NULL },
  { "AWS::CloudFront::Distribution",
    LIST ("DistributionConfig"),
    LIST ("Tags"),
    LIST ("DomainName", "Id"),
    "Id" },
  { "AWS::Events::Rule",
    LIST ("Targets"),
    LIST ("Name", "Description", "EventPattern", "ScheduleExpression", "State"),
    LIST ("Arn"),
    NULL },
  { "AWS::IVS::RecordingConfiguration",
    LIST ("DestinationConfiguration"),
    LIST ("Name",
          "RecordingReconnectWindowSeconds",
          "RenditionConfiguration",
          "ThumbnailConfiguration",
          "Tags"),
    LIST ("Arn", "State"),
    "Arn" },
  { "AWS::IVSChat::LoggingConfiguration",
    LIST ("DestinationConfiguration"),
    LIST ("Name", "Tags"),
    LIST ("Arn", "Id", "State"),
    "Arn" },
  { "AWS::Lambda::Alias",
    LIST ("FunctionName", "FunctionVersion", "Name"),
    LIST ("Description", "ProvisionedConcurrencyConfig"),
    LIST ("AliasArn"),
    "AliasArn" },
  { "AWS::Lambda::Function",
    LIST ("Code", "Role", "Runtime", "Handler"),
    LIST ("FunctionName",
          "Description",
          "Architectures",
          "MemorySize",
          "Timeout",
          "Environment",
          "Layers",
          "ReservedConcurrentExecutions",
          "Tags",
          "VpcConfig"),
    LIST ("Arn"),
    NULL },
  { "AWS::Lambda::Permission",
    LIST ("Action", "FunctionName", "Principal"),
    LIST ("SourceArn", "SourceAccount"),
    LIST ("Id"),
    "Id" },
  { "AWS::Lambda::Version",
    LIST ("FunctionName"),
    LIST ("Description"),
    LIST ("FunctionArn", "Version"),
    "FunctionArn" },
  { "AWS::Logs::LogGroup",
    LIST (),
    LIST ("LogGroupName", "RetentionInDays", "Tags"),
    LIST ("Arn"),
    NULL },
  { "AWS::Logs::SubscriptionFilter",
    LIST ("DestinationArn", "FilterPattern", "LogGroupName"),
    LIST ("FilterName"),
    LIST (),
    NULL },
  { "AWS::RDS::DBInstance",
    LIST ("DBInstanceClass", "Engine"),
    LIST ("AllocatedStorage",
          "AutoMinorVersionUpgrade",
          "BackupRetentionPeriod",
          "CACertificateIdentifier",
          "CopyTagsToSnapshot",
          "DBName",
          "DBParameterGroupName",
          "DBSubnetGroupName",
          "DeleteAutomatedBackups",
          "DeletionProtection",
          "EngineVersion",
          "ManageMasterUserPassword",
          "MasterUsername",
          "MaxAllocatedStorage",
          "MultiAZ",
          "PubliclyAccessible",
          "StorageEncrypted",
          "StorageType",
          "Tags",
          "VPCSecurityGroups"),
    LIST ("Endpoint.Address", "Endpoint.Port", "MasterUserSecret.SecretArn"),
    NULL },
  { "AWS::S3::Bucket",
    LIST (),
    LIST ("BucketName",
          "BucketEncryption",
          "CorsConfiguration",
          "LifecycleConfiguration",
          "OwnershipControls",
          "PublicAccessBlockConfiguration",
          "VersioningConfiguration",
          "Tags"),
    LIST ("Arn", "DomainName", "RegionalDomainName"),
    NULL },
  { "AWS::SecretsManager::Secret",
    LIST (),
    LIST ("Name", "Description", "GenerateSecretString", "SecretString", "Tags"),
    LIST ("Id"),
    "Id" },
  /* The local cloud migrates its database itself, before any function starts. */
  { "Custom::Migration",
    LIST ("ServiceToken"),
    LIST ("ServiceTimeout"),
    LIST (),
    NULL,
    .takes_any = TRUE },
};

/**
 * sc_resource_type_find:
 * @name: a resource type's name, as "AWS::S3::Bucket"
 *
 * Any thread.
 *
 * Returns: (nullable): the type, or %NULL where the local cloud does not know it
 */
const ScResourceType *
sc_resource_type_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (g_str_equal (types[i].name, name))
      return &types[i];
  }
  return sc_resource_type_find_checked (name);
}
