/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Provisioning with many users and many processes at once, and what the janitor does. */

#include "config.h"

#include "sc-ivs.h"
#include "sc-provision-steps.h"
#include "sc-time.h"
#include "sct-person.h"

static gpointer
advance_in_thread (gpointer data)
{
  SctPerson *person = data;
  g_autoptr (SctProvisioning) saga =
    sct_provisioning_new (sct_conninfo, sct_control_get_url (sct_control));
  sct_provisioning_advance (saga, person->user_id);
  return NULL;
}

static void
test_many_hands_at_one_channel (SctPerson *person, gconstpointer data)
{
  GThread *threads[6];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hand", advance_in_thread, person);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (sct_control_ask (sct_control, "CreateChannel", "calls"), ==, 1);
  g_assert_cmpint (sct_control_ask (sct_control, "CreateRoom", "calls"), ==, 1);
  g_assert_cmpint (sct_control_ask (sct_control, "CreateStage", "calls"), ==, 1);
  sct_person_finish_and_check (person);
}

static gpointer
resume_in_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SctProvisioning) saga =
    sct_provisioning_new (sct_conninfo, sct_control_get_url (sct_control));
  sc_provision_resume (saga->provisioner, g_get_real_time () + 90 * G_TIME_SPAN_SECOND, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_a_crowd_stays_within_the_quota (SctPerson *person, gconstpointer data)
{
  GThread *threads[3];
  const guint size = g_test_slow () ? 200 : 7;
  for (guint i = 0; i < size; i++) {
    g_autofree char *name = g_strdup_printf ("crowd-%u", i);
    sct_provisioning_add_user (person->saga, name);
  }
  g_test_timer_start ();
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("tick", resume_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_test_message ("%u channels in %.1f s", size, g_test_timer_elapsed ());
  sct_person_finish_and_check (person);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_CHANNEL, "crowd-"), ==, size);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_ROOM, "crowd-"), ==, size);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_STAGE, "crowd-"), ==, size);
}

static char *
dup_deployment (ScStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  char *deployment = sc_provision_steps_dup_deployment (connection, &error);
  g_assert_no_error (error);
  return deployment;
}

static char *
make_stray (SctPerson *person, const char *name, const char *deployment)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = g_uuid_string_random ();
  g_autofree char *now = sc_time_to_string (g_get_real_time () + person->saga->ahead_us);
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  if (deployment) {
    g_hash_table_insert (tags, (char *) "project", (char *) "streamcat");
    g_hash_table_insert (tags, (char *) "deployment", (char *) deployment);
    g_hash_table_insert (tags, (char *) "token", token);
    g_hash_table_insert (tags, (char *) "created", now);
  }
  const ScIvsChannel wanted = { .name = (char *) name, .type = (char *) "BASIC", .tags = tags };
  g_autoptr (ScIvsStreamKey) key = NULL;
  g_autoptr (ScIvsChannel) channel =
    sc_ivs_create_channel (person->saga->aws, &wanted, &key, &error);
  g_assert_no_error (error);
  return g_strdup (channel->arn);
}

static void
test_the_janitor (SctPerson *person, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = dup_deployment (person->saga->store);
  g_autofree char *stray = make_stray (person, "stray-ours", ours);
  g_autofree char *foreign =
    make_stray (person, "stray-foreign", "00000000-0000-4000-8000-000000000000");
  g_autofree char *untagged = make_stray (person, "stray-untagged", NULL);

  g_autoptr (GPtrArray) young = NULL;
  g_assert_true (sc_provision_janitor (person->saga->provisioner, FALSE, &young, &error));
  g_assert_cmpuint (young->len, ==, 0);
  g_assert_cmpuint (sct_provisioning_sweep (person->saga, TRUE), ==, 1);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_CHANNEL, "stray-"), ==, 3);
  g_assert_cmpuint (sct_provisioning_sweep (person->saga, FALSE), ==, 1);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_CHANNEL, "stray-ours"), ==, 0);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_CHANNEL, "stray-"), ==, 2);
  sct_person_finish_and_check (person);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_person_open_world ();
  SCT_PERSON_ADD ("/provision-crowd/many-hands-at-one-channel",
                  NULL,
                  test_many_hands_at_one_channel);
  SCT_PERSON_ADD ("/provision-crowd/it-stays-within-the-quota",
                  NULL,
                  test_a_crowd_stays_within_the_quota);
  SCT_PERSON_ADD ("/provision-crowd/the-janitor", NULL, test_the_janitor);
  int result = g_test_run ();
  sct_person_close_world ();
  return result;
}
