/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Channels and rooms that were made before the deployment had another recording configuration,
 * logging configuration or review function. */

#include "config.h"

#include "sct-person.h"

/* As a deployment of the changed stack has it. */
static ScProvisioner *
deploy (SctPerson *person, const ScProvisionConfig *config)
{
  sc_provisioner_free (person->saga->provisioner);
  person->saga->provisioner = sc_provisioner_new (person->saga->store, person->saga->aws, config);
  return person->saga->provisioner;
}

static const ScProvisionConfig before = {
  .recording_arn = SCT_RECORDING_ARN,
  .chat_logging_arn = SCT_LOGGING_ARN,
  .chat_review_arn = SCT_REVIEW_ARN,
};

static const ScProvisionConfig later = {
  .recording_arn = SCT_RECORDING_ARN_LATER,
  .chat_logging_arn = SCT_LOGGING_ARN_LATER,
  .chat_review_arn = SCT_REVIEW_ARN_LATER,
};

static gint64
read_clock (gpointer data)
{
  return g_get_real_time () + ((SctProvisioning *) data)->ahead_us;
}

static void
refresh (SctPerson *person, const ScProvisionConfig *config)
{
  g_autoptr (GError) error = NULL;
  ScProvisioner *provisioner = deploy (person, config);
  sc_provisioner_set_clock (provisioner, read_clock, person->saga);
  sc_provision_refresh (provisioner, G_MAXINT64, &error);
  g_assert_no_error (error);
}

static char *
dup_text (SctPerson *person, const char *column)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM channels WHERE user_id = $1", column);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (person->saga->store, &error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, sql, SC_PARAMS (sc_int (person->user_id)), &error);
  g_assert_no_error (error);
  return g_strdup (sc_store_result_get_text (result, 0, 0));
}

static void
assert_member (SctPerson *person, const char *column, const char *member, const char *expected)
{
  g_autofree char *arn = dup_text (person, column);
  ScCloudKind kind = g_str_equal (column, "arn") ? SC_CLOUD_CHANNEL : SC_CLOUD_ROOM;
  g_autofree char *value = sct_control_dup_member (sct_control, kind, arn, member);
  g_assert_cmpstr (value, ==, expected);
}

static void
finish_with (SctPerson *person, const ScProvisionConfig *config)
{
  ScProvisioner *provisioner = deploy (person, config);
  sc_provisioner_set_clock (provisioner, read_clock, person->saga);
  sct_provisioning_finish (person->saga, person->user_id);
  refresh (person, config); /* all who were there before, too */
  sct_control_forget (sct_control);
}

static void
assert_moved (SctPerson *person)
{
  assert_member (person, "arn", "recordingConfigurationArn", SCT_RECORDING_ARN_LATER);
  assert_member (person,
                 "room_arn",
                 "messageReviewHandler",
                 "{\"uri\":\"" SCT_REVIEW_ARN_LATER "\",\"fallbackResult\":\"DENY\"}");
  assert_member (person,
                 "room_arn",
                 "loggingConfigurationIdentifiers",
                 "[\"" SCT_LOGGING_ARN_LATER "\"]");
}

static void
test_moves (SctPerson *person, gconstpointer data)
{
  finish_with (person, &before);
  refresh (person, &before);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateChannel", "calls"), ==, 0);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateRoom", "calls"), ==, 0);
  refresh (person, &later);
  assert_moved (person);
  gint64 calls = sct_control_ask (sct_control, "UpdateRoom", "calls");
  refresh (person, &later);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateRoom", "calls"), ==, calls);
  g_assert_cmpint (sct_control_ask_most_in_a_second (sct_control), <=, 5);
}

/* Ten channels and rooms at 4 calls a second. */
static void
test_within_the_quota (SctPerson *person, gconstpointer data)
{
  for (int i = 0; i < 10; i++) {
    g_autofree char *name = g_strdup_printf ("many-%d", i);
    sct_provisioning_finish (person->saga, sct_provisioning_add_user (person->saga, name));
  }
  finish_with (person, &before);
  refresh (person, &later);
  assert_moved (person);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateRoom", "effects"), >=, 11);
  g_assert_cmpint (sct_control_ask (sct_control, "UpdateChannel", "effects"), >=, 11);
  g_assert_cmpint (sct_control_ask_most_in_a_second (sct_control), <=, 5);
}

/* A live channel waits until its stream is over; its room does not. */
static void
test_live (SctPerson *person, gconstpointer data)
{
  finish_with (person, &before);
  sct_control_set_live (sct_control);
  refresh (person, &later);
  assert_member (person, "arn", "recordingConfigurationArn", SCT_RECORDING_ARN);
  assert_member (person,
                 "room_arn",
                 "loggingConfigurationIdentifiers",
                 "[\"" SCT_LOGGING_ARN_LATER "\"]");
  g_assert_true (sct_control_end_live (sct_control));
  sct_provisioning_pass (person->saga, 4 * G_TIME_SPAN_MINUTE);
  refresh (person, &later);
  assert_member (person, "arn", "recordingConfigurationArn", SCT_RECORDING_ARN);
  sct_provisioning_pass (person->saga, 2 * G_TIME_SPAN_MINUTE);
  refresh (person, &later);
  assert_moved (person);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_person_open_world ();
  SCT_PERSON_ADD ("/provision-refresh/moves", NULL, test_moves);
  SCT_PERSON_ADD ("/provision-refresh/within-the-quota", NULL, test_within_the_quota);
  SCT_PERSON_ADD ("/provision-refresh/live", NULL, test_live);
  int result = g_test_run ();
  sct_person_close_world ();
  return result;
}
