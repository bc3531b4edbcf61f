/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pure half of local/stack/: what a template may say, what it comes to, and the words for what
 * is wrong with it. */

#include "config.h"

#include "sc-json.h"
#include "sc-stack-error.h"
#include "sc-template.h"

#include <string.h>

/* About half a second's worth. */
#define MUTATIONS 1000

static const char *template_path;

static const ScTemplatePlace place = { "us-west-2", "123456789012", "streamcat" };

static ScTemplate *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return sc_template_parse (bytes, error);
}

typedef struct {
  const char *what;
  const char *text;
  int code;
  const char *words;
} Refused;

#define CONDITION "Conditions:\n  C: !Equals [a, a]\n"
#define BUCKET "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"

static const Refused refused[] = {
  { "empty", "", SC_STACK_ERROR_SYNTAX, "empty document" },
  { "broken", "Resources: [", SC_STACK_ERROR_SYNTAX, "line" },
  { "tab", "Resources:\n\tA: 1\n", SC_STACK_ERROR_SYNTAX, "line 2" },
  { "key twice", BUCKET "  B:\n    Type: AWS::S3::Bucket\n", SC_STACK_ERROR_SYNTAX, "line 4" },
  { "alias", "Resources: &a\n  B: *a\n", SC_STACK_ERROR_SYNTAX, "line 2" },
  { "two documents", BUCKET "---\nA: 1\n", SC_STACK_ERROR_SYNTAX, "line 4" },
  { "no mapping", "- 1\n", SC_STACK_ERROR_TEMPLATE, "line 1" },
  { "no resources", "Description: x\n", SC_STACK_ERROR_TEMPLATE, "no Resources" },
  { "section", BUCKET "Mappings:\n  A: x\n", SC_STACK_ERROR_UNSUPPORTED, "“Mappings”" },
  { "no type", "Resources:\n  B:\n    Properties: {}\n", SC_STACK_ERROR_TEMPLATE, "line 3" },
  { "unknown type",
    "Resources:\n  B:\n    Type: AWS::EC2::Vpc\n",
    SC_STACK_ERROR_UNSUPPORTED,
    "line 3: the local cloud does not know the resource type “AWS::EC2::Vpc”" },
  { "unknown property",
    BUCKET "    Properties:\n      BucketNam: x\n",
    SC_STACK_ERROR_UNSUPPORTED,
    "line 5: the local cloud does not know the property “BucketNam”" },
  { "property missing",
    "Resources:\n  R:\n    Type: AWS::Events::Rule\n",
    SC_STACK_ERROR_TEMPLATE,
    "“R” lacks its property “Targets”" },
  { "resource member", BUCKET "    Foo: 1\n", SC_STACK_ERROR_UNSUPPORTED, "line 4" },
  { "dangling Ref",
    BUCKET "    Properties:\n      BucketName: !Ref Nope\n",
    SC_STACK_ERROR_REFERENCE,
    "line 5: there is no “Nope”" },
  { "dangling long Ref",
    BUCKET "    Properties:\n      BucketName:\n        Ref: Nope\n",
    SC_STACK_ERROR_REFERENCE,
    "line 6" },
  { "dangling in Sub",
    BUCKET "    Properties:\n      BucketName: !Sub a-${Nope}\n",
    SC_STACK_ERROR_REFERENCE,
    "“Nope”" },
  { "dangling in output",
    BUCKET "Outputs:\n  O:\n    Value: !Ref Nope\n",
    SC_STACK_ERROR_REFERENCE,
    "line 6" },
  { "dangling DependsOn", BUCKET "    DependsOn: Nope\n", SC_STACK_ERROR_REFERENCE, "line 4" },
  { "unknown attribute",
    BUCKET "Outputs:\n  O:\n    Value: !GetAtt B.Arm\n",
    SC_STACK_ERROR_REFERENCE,
    "line 6: “B”, a AWS::S3::Bucket, has no attribute “Arm”" },
  { "attribute of a parameter",
    "Parameters:\n  P:\n    Type: String\n" BUCKET "Outputs:\n  O:\n    Value: !GetAtt P.Arn\n",
    SC_STACK_ERROR_REFERENCE,
    "line 9" },
  { "GetAtt without attribute",
    BUCKET "Outputs:\n  O:\n    Value: !GetAtt B\n",
    SC_STACK_ERROR_TEMPLATE,
    "line 6: GetAtt" },
  { "Sub open", BUCKET "Outputs:\n  O:\n    Value: !Sub ${B\n", SC_STACK_ERROR_TEMPLATE, "line 6" },
  { "Join of no list",
    BUCKET "Outputs:\n  O:\n    Value: !Join [a, b]\n",
    SC_STACK_ERROR_TEMPLATE,
    "line 6: Join" },
  { "unknown function",
    BUCKET "Outputs:\n  O:\n    Value: !ImportValue x\n",
    SC_STACK_ERROR_UNSUPPORTED,
    "“!ImportValue”" },
  { "unknown long function",
    BUCKET "Outputs:\n  O:\n    Value:\n      Fn::Split: [a, b]\n",
    SC_STACK_ERROR_UNSUPPORTED,
    "“Fn::Split”" },
  { "dangling condition of a resource",
    BUCKET "    Condition: Nope\n",
    SC_STACK_ERROR_REFERENCE,
    "line 4: there is no condition “Nope”" },
  { "dangling condition of an output",
    BUCKET "Outputs:\n  O:\n    Condition: Nope\n    Value: x\n",
    SC_STACK_ERROR_REFERENCE,
    "line 6" },
  { "dangling condition in If",
    BUCKET "Outputs:\n  O:\n    Value: !If [Nope, a, b]\n",
    SC_STACK_ERROR_REFERENCE,
    "line 6" },
  { "dangling in the second branch",
    CONDITION BUCKET "Outputs:\n  O:\n    Value: !If [C, a, !Ref Nope]\n",
    SC_STACK_ERROR_REFERENCE,
    "“Nope”" },
  { "condition of a resource's attribute",
    BUCKET "Conditions:\n  C: !Equals [!Ref B, a]\n",
    SC_STACK_ERROR_REFERENCE,
    "line 5: there is no “B”" },
  { "If of two",
    CONDITION BUCKET "Outputs:\n  O:\n    Value: !If [C, a]\n",
    SC_STACK_ERROR_TEMPLATE,
    "If takes" },
  { "Equals of one",
    BUCKET "Conditions:\n  C: !Equals [a]\n",
    SC_STACK_ERROR_TEMPLATE,
    "line 5: Equals" },
  { "Not of a text",
    BUCKET "Conditions:\n  C: !Not [a]\n",
    SC_STACK_ERROR_TEMPLATE,
    "line 5: Not" },
  { "Select beyond the end",
    BUCKET "Outputs:\n  O:\n    Value: !Select [3, !GetAZs \"\"]\n",
    SC_STACK_ERROR_TEMPLATE,
    "line 6: Select" },
  { "output without value", BUCKET "Outputs:\n  O: {}\n", SC_STACK_ERROR_TEMPLATE, "line 5" },
  { "needs itself", BUCKET "    DependsOn: B\n", SC_STACK_ERROR_CYCLE, "“B” needs itself" },
  { "cycle of two",
    "Resources:\n"
    "  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Sub ${B}-a\n"
    "  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Ref A\n",
    SC_STACK_ERROR_CYCLE,
    "line 3" },
  { "parameter type",
    "Parameters:\n  P:\n    Type: CommaDelimitedList\n" BUCKET,
    SC_STACK_ERROR_UNSUPPORTED,
    "line 3" },
  { "parameter member",
    "Parameters:\n  P:\n    Type: String\n    Defualt: x\n" BUCKET,
    SC_STACK_ERROR_TEMPLATE,
    "line 4" },
  { "default out of bounds",
    "Parameters:\n  P:\n    Type: Number\n    Default: 301\n    MaxValue: 300\n" BUCKET,
    SC_STACK_ERROR_PARAMETER,
    "“P”" },
  { "default no number",
    "Parameters:\n  P:\n    Type: Number\n    Default: abc\n" BUCKET,
    SC_STACK_ERROR_PARAMETER,
    "“P”" },
};

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScTemplate) template = parse (refused[i].text, &error);
    g_test_message ("%s: %s", refused[i].what, error ? error->message : "accepted");
    g_assert_null (template);
    g_assert_error (error, SC_STACK_ERROR, refused[i].code);
    g_assert_nonnull (strstr (error->message, refused[i].words));
  }
}

static void
test_depth_is_bounded (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *text = g_strconcat ("Resources: ", brackets, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScTemplate) template = parse (text, &error);
  g_assert_null (template);
  g_assert_error (error, SC_STACK_ERROR, SC_STACK_ERROR_SYNTAX);
}

/* Keeps what it is asked to make and answers with attributes that name their resource. */
static JsonObject *
record_resource (const char *id,
                 const ScResourceType *type,
                 JsonObject *properties,
                 gpointer user_data,
                 GError **error)
{
  GHashTable *made = user_data;
  g_hash_table_insert (made, g_strdup (id), sc_json_to_string (properties));
  JsonObject *attributes = json_object_new ();
  g_autofree char *name = g_strdup_printf ("name-of-%s", id);
  json_object_set_string_member (attributes, "Name", name);
  for (guint i = 0; type->attributes[i]; i++) {
    g_autofree char *value = g_strdup_printf ("%s-of-%s", type->attributes[i], id);
    json_object_set_string_member (attributes, type->attributes[i], value);
  }
  return attributes;
}

static JsonObject *
deploy (ScTemplate *template, GHashTable *parameters, GHashTable *made, GError **error)
{
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  return sc_template_deploy (template,
                             &place,
                             parameters ? parameters : none,
                             record_resource,
                             made,
                             error);
}

static GHashTable *
new_record (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

typedef struct {
  const char *expression;
  const char *value;
} Resolved;

static const Resolved resolved[] = {
  { "!Ref B", "name-of-B" },
  { "\n      Ref: B", "name-of-B" },
  { "!Ref S", "Id-of-S" },
  { "!GetAtt B.Arn", "Arn-of-B" },
  { "!GetAtt [B, Arn]", "Arn-of-B" },
  { "\n      Fn::GetAtt: [B, Arn]", "Arn-of-B" },
  { "\n      Fn::GetAtt: B.Arn", "Arn-of-B" },
  { "!Sub ${B}/${B.Arn}/${P}/${N}", "name-of-B/Arn-of-B/text/7" },
  { "!Sub ${AWS::Region}.${AWS::AccountId}.${AWS::StackName}", "us-west-2.123456789012.streamcat" },
  { "!Sub ${!literal}", "${literal}" },
  { "!Sub $x} {$", "$x} {$" },
  { "!Sub [\"${X}-${P}\", {X: !Ref N}]", "7-text" },
  { "\n      Fn::Sub: [\"${X}\", {X: !GetAtt B.Arn}]", "Arn-of-B" },
  { "!Join [\":\", [arn, !Ref AWS::Partition, 7, true]]", "arn:aws:7:true" },
  { "!Join [\"\", []]", "" },
  { "\n      Fn::Join:\n        - \"-\"\n        - [!Ref P, !Sub \"${N}\"]", "text-7" },
  { "!If [Yes, a, !Ref B]", "a" },
  { "!If [No, a, !Ref B]", "name-of-B" },
  { "\n      Fn::If: [No, a, b]", "b" },
  { "!Select [1, !GetAZs \"\"]", "us-west-2b" },
  { "2012-10-17", "2012-10-17" },
  { "\"true\"", "true" },
};

static void
test_resolves (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (resolved); i++) {
    g_autofree char *text = g_strconcat ("Parameters:\n  P:\n    Type: String\n    Default: text\n"
                                         "  N:\n    Type: Number\n    Default: 7\n"
                                         "Conditions:\n  Yes: !Equals [!Ref N, \"7\"]\n"
                                         "  No: !Not [!Equals [!Ref P, text]]\n" BUCKET
                                         "  S:\n    Type: AWS::SecretsManager::Secret\n"
                                         "Outputs:\n  O:\n    Value: ",
                                         resolved[i].expression,
                                         "\n",
                                         NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (ScTemplate) template = parse (text, &error);
    g_test_message ("%s", resolved[i].expression);
    g_assert_no_error (error);
    g_autoptr (GHashTable) made = new_record ();
    g_autoptr (JsonObject) outputs = deploy (template, NULL, made, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (json_object_get_string_member (outputs, "O"), ==, resolved[i].value);
  }
}

static void
test_keeps_types (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScTemplate) template =
    parse ("Parameters:\n  N:\n    Type: Number\n    Default: 60\n"
           "Resources:\n  L:\n    Type: AWS::Logs::LogGroup\n    Properties:\n"
           "      RetentionInDays: !Ref N\n      LogGroupName: 7x\n"
           "      Tags: [{Key: a, Value: true}, {Key: b, Value: -3}, {Key: c, Value: '3'}]\n",
           &error);
  g_assert_no_error (error);
  g_autoptr (GHashTable) made = new_record ();
  g_autoptr (JsonObject) outputs = deploy (template, NULL, made, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (made, "L"),
                   ==,
                   "{\"RetentionInDays\":60,\"LogGroupName\":\"7x\",\"Tags\":["
                   "{\"Key\":\"a\",\"Value\":true},{\"Key\":\"b\",\"Value\":-3},"
                   "{\"Key\":\"c\",\"Value\":\"3\"}]}");
}

#define SWITCHED                                                                                   \
  "Parameters:\n  P:\n    Type: String\n"                                                          \
  "Conditions:\n  On: !Equals [!Ref P, \"on\"]\n"                                                  \
  "Resources:\n"                                                                                   \
  "  A:\n    Type: AWS::S3::Bucket\n    Condition: On\n"                                           \
  "  B:\n    Type: AWS::S3::Bucket\n    DependsOn: A\n    Properties:\n"

static JsonObject *
deploy_switched (const char *text, const char *value, GHashTable *made, GError **error)
{
  g_autoptr (ScTemplate) template = parse (text, error);
  g_assert_nonnull (template);
  g_assert_cmpuint (sc_template_count (template), ==, 2);
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (parameters, "P", (char *) value);
  return deploy (template, parameters, made, error);
}

static void
test_conditions_leave_out (void)
{
  static const char text[] =
    SWITCHED "      Tags: !If [On, [{Key: a, Value: b}], !Ref AWS::NoValue]\n"
             "Outputs:\n  O:\n    Condition: On\n    Value: !Ref A\n  Q:\n    Value: q\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) on = new_record ();
  g_autoptr (JsonObject) with = deploy_switched (text, "on", on, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (with, "O"), ==, "name-of-A");
  g_assert_cmpstr (g_hash_table_lookup (on, "B"),
                   ==,
                   "{\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}");

  g_autoptr (GHashTable) off = new_record ();
  g_autoptr (JsonObject) without = deploy_switched (text, "off", off, &error);
  g_assert_no_error (error);
  g_assert_false (json_object_has_member (without, "O"));
  g_assert_true (json_object_has_member (without, "Q"));
  g_assert_null (g_hash_table_lookup (off, "A"));
  g_assert_cmpstr (g_hash_table_lookup (off, "B"), ==, "{}");
}

/* On AWS too, a stack that needs what its own condition leaves out does not deploy. */
static void
test_left_out_and_needed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) made = new_record ();
  g_autoptr (JsonObject) outputs =
    deploy_switched (SWITCHED "      BucketName: !Ref A\n", "off", made, &error);
  g_assert_null (outputs);
  g_assert_error (error, SC_STACK_ERROR, SC_STACK_ERROR_REFERENCE);
}

static void
test_orders_by_need (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScTemplate) template =
    parse ("Resources:\n"
           "  C:\n    Type: AWS::S3::Bucket\n    DependsOn: [B]\n"
           "  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Ref A\n"
           "  A:\n    Type: AWS::S3::Bucket\n",
           &error);
  g_assert_no_error (error);
  g_auto (GStrv) order = sc_template_dup_order (template);
  g_autofree char *joined = g_strjoinv (" ", order);
  g_assert_cmpstr (joined, ==, "A B C");
}

typedef struct {
  const char *name;
  const char *value;
  gboolean good;
} Given;

static const Given given[] = {
  { "N", "0", TRUE },     { "N", "300", TRUE },
  { "N", "301", FALSE },  { "N", "-1", FALSE },
  { "N", "", FALSE },     { "N", "5 ", FALSE },
  { "N", "5.5", FALSE },  { "N", "99999999999999999999", FALSE },
  { "S", "ab", TRUE },    { "S", "ab1", FALSE },
  { "S", "ab\n", FALSE }, { "A", "x", TRUE },
  { "A", "z", FALSE },    { "Q", "x", FALSE },
  { "L", "äö", TRUE },    { "L", "äöü", FALSE },
};

static void
test_parameters (void)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (ScTemplate) template =
    parse ("Parameters:\n"
           "  N: {Type: Number, Default: 60, MinValue: 0, MaxValue: 300}\n"
           "  S: {Type: String, Default: a, AllowedPattern: '[a-z]+'}\n"
           "  A: {Type: String, Default: x, AllowedValues: [x, y]}\n"
           "  L: {Type: String, Default: x, MaxLength: 2}\n" BUCKET,
           &parse_error);
  g_assert_no_error (parse_error);
  for (guint i = 0; i < G_N_ELEMENTS (given); i++) {
    g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
    g_hash_table_insert (parameters, (char *) given[i].name, (char *) given[i].value);
    g_autoptr (GHashTable) made = new_record ();
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) outputs = deploy (template, parameters, made, &error);
    g_test_message ("%s=%s", given[i].name, given[i].value);
    g_assert_cmpint (outputs != NULL, ==, given[i].good);
    if (!given[i].good)
      g_assert_error (error, SC_STACK_ERROR, SC_STACK_ERROR_PARAMETER);
  }
}

static void
test_parameter_without_value (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScTemplate) template = parse ("Parameters:\n  P: {Type: String}\n" BUCKET, &error);
  g_assert_no_error (error);
  g_autoptr (GHashTable) made = new_record ();
  g_autoptr (JsonObject) outputs = deploy (template, NULL, made, &error);
  g_assert_null (outputs);
  g_assert_error (error, SC_STACK_ERROR, SC_STACK_ERROR_PARAMETER);
  g_assert_cmpuint (g_hash_table_size (made), ==, 0);
}

/* The template that AWS gets, as the local cloud sees it. */
static void
test_own_template (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (template_path, &text, NULL, &error));
  g_autoptr (ScTemplate) template = parse (text, &error);
  g_assert_no_error (error);

  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (parameters, "CodeBucket", "code");
  g_hash_table_insert (parameters, "LambdaCodeKey", "lambda.zip");
  g_hash_table_insert (parameters, "ReviewCodeKey", "review.zip");
  g_hash_table_insert (parameters,
                       "ExtensionLayerArn",
                       "arn:aws:lambda:us-west-2:123456789012:layer:extension:1");
  g_hash_table_insert (parameters, "ChannelType", "STANDARD");
  g_hash_table_insert (parameters, "RecordingReconnectWindowSeconds", "5");
  g_autoptr (GHashTable) made = new_record ();
  g_autoptr (JsonObject) outputs = deploy (template, parameters, made, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (outputs, "RecordingConfigurationArn"),
                   ==,
                   "Arn-of-RecordingConfiguration");
  g_assert_cmpstr (json_object_get_string_member (outputs, "ChannelType"), ==, "STANDARD");
  g_assert_nonnull (strstr (g_hash_table_lookup (made, "RecordingConfiguration"),
                            "\"RecordingReconnectWindowSeconds\":5"));
  g_assert_nonnull (
    strstr (g_hash_table_lookup (made, "DatabaseSecret"), "Endpoint.Address-of-Database"));
  g_assert_nonnull (g_hash_table_lookup (made, "NatGatewayA"));
  g_assert_null (g_hash_table_lookup (made, "NatGatewayB"));
  g_assert_null (g_hash_table_lookup (made, "BastionHost"));
}

/* The template with bytes changed, cut out and doubled: refused or taken, never worse. */
static void
test_mutations (void)
{
  g_autofree char *text = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (template_path, &text, &size, NULL));
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  guint refused_count = 0;
  for (guint i = 0; i < MUTATIONS; i++) {
    g_autoptr (GString) mutated = g_string_new_len (text, (gssize) size);
    for (guint j = 0; j < 3; j++) {
      gssize at = g_rand_int_range (random, 0, (gint32) mutated->len - 40);
      gssize length = g_rand_int_range (random, 1, 40);
      guint kind = (guint) g_rand_int_range (random, 0, 3);
      g_autofree char *piece = g_strndup (mutated->str + at, (gsize) length);
      if (kind == 0)
        mutated->str[at] = (char) g_rand_int_range (random, 0, 256);
      else if (kind == 1)
        g_string_erase (mutated, at, length);
      else
        g_string_insert (mutated, g_rand_int_range (random, 0, (gint32) mutated->len), piece);
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (mutated->str, mutated->len);
    g_autoptr (ScTemplate) template = sc_template_parse (bytes, &error);
    g_assert_true ((template != NULL) != (error != NULL));
    refused_count += template == NULL;
  }
  g_test_message ("%u of %u refused", refused_count, MUTATIONS);
  g_assert_cmpuint (refused_count, >, MUTATIONS / 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  template_path = argv[1];
  g_test_add_func ("/template/refuses", test_refuses);
  g_test_add_func ("/template/depth-is-bounded", test_depth_is_bounded);
  g_test_add_func ("/template/resolves", test_resolves);
  g_test_add_func ("/template/keeps-types", test_keeps_types);
  g_test_add_func ("/template/conditions-leave-out", test_conditions_leave_out);
  g_test_add_func ("/template/left-out-and-needed", test_left_out_and_needed);
  g_test_add_func ("/template/orders-by-need", test_orders_by_need);
  g_test_add_func ("/template/parameters", test_parameters);
  g_test_add_func ("/template/parameter-without-value", test_parameter_without_value);
  g_test_add_func ("/template/own-template", test_own_template);
  g_test_add_func ("/template/mutations", test_mutations);
  return g_test_run ();
}
