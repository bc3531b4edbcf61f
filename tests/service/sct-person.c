/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-person.h"

#include "sc-migrate.h"
#include "sct-cluster.h"

static SctCluster *cluster;

SctControl *sct_control;
char *sct_conninfo;

/**
 * sct_person_open_world:
 *
 * Starts a database and control planes for all tests of the program.
 */
void
sct_person_open_world (void)
{
  cluster = sct_cluster_new ();
  sct_control = sct_control_new ();
  sct_conninfo = sct_cluster_create_database (cluster, "saga", NULL);
  g_autoptr (ScStore) store = sc_store_new (sct_conninfo, 1);
  g_assert_true (sc_migrate (store, NULL, NULL));
}

/**
 * sct_person_close_world:
 *
 * Stops them.
 */
void
sct_person_close_world (void)
{
  sct_control_free (sct_control);
  sct_cluster_free (cluster);
  g_free (sct_conninfo);
}

/**
 * sct_person_set_up:
 * @self: the fixture
 * @data: not used
 *
 * Makes a user whose provisioning has begun.
 */
void
sct_person_set_up (SctPerson *self, gconstpointer data)
{
  static guint n_people;
  sct_control_forget (sct_control);
  self->saga = sct_provisioning_new (sct_conninfo, sct_control_get_url (sct_control));
  self->saga->control = sct_control;
  sct_provisioning_pass (self->saga, 2 * G_TIME_SPAN_SECOND); /* all turns are free */
  self->saga->ahead_us = 0; /* other processes go by the real clock */
  self->name = g_strdup_printf ("user%u", n_people++);
  self->user_id = sct_provisioning_add_user (self->saga, self->name);
}

/**
 * sct_person_tear_down:
 * @self: the fixture
 * @data: not used
 *
 * Frees what sct_person_set_up() made; user and resources stay.
 */
void
sct_person_tear_down (SctPerson *self, gconstpointer data)
{
  sct_provisioning_free (self->saga);
  g_free (self->name);
}

static void
assert_one_of_each (SctPerson *self)
{
  g_autofree char *prefix = g_strconcat (self->name, "-", NULL);
  g_autofree char *state = sct_provisioning_dup_state (self->saga, self->user_id);
  g_assert_cmpstr (state, ==, "ready");
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_CHANNEL, prefix), ==, 1);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_ROOM, prefix), ==, 1);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_STAGE, prefix), ==, 1);
  g_assert_cmpint (sct_control_ask_most_in_a_second (sct_control), <=, 5);
}

/* Looks at the cloud itself: more people than the quota has calls are checked in a second. */
static void
assert_key_of_channel (const char *arn, const char *key_arn)
{
  g_autofree char *channel = sct_control_dup_member (sct_control, SC_CLOUD_CHANNEL, arn, "arn");
  g_assert_cmpstr (channel, ==, arn);
  g_autofree char *channel_of_key =
    sct_control_dup_member (sct_control, SC_CLOUD_STREAM_KEY, key_arn, "channelArn");
  g_assert_cmpstr (channel_of_key, ==, arn);
}

/* A room without its review would show everything to everybody. */
static void
assert_room_is_reviewed (const char *room_arn)
{
  g_autofree char *review =
    sct_control_dup_member (sct_control, SC_CLOUD_ROOM, room_arn, "messageReviewHandler");
  g_assert_cmpstr (review, ==, "{\"uri\":\"" SCT_REVIEW_ARN "\",\"fallbackResult\":\"DENY\"}");
  g_autofree char *logging = sct_control_dup_member (sct_control,
                                                     SC_CLOUD_ROOM,
                                                     room_arn,
                                                     "loggingConfigurationIdentifiers");
  g_assert_cmpstr (logging, ==, "[\"" SCT_LOGGING_ARN "\"]");
}

/**
 * sct_person_finish_and_check:
 * @self: the fixture
 *
 * Lets the channel get ready; checks that there is one channel, one room and one stage, that the
 * rows name what is there, and that the room is reviewed and logged.
 */
void
sct_person_finish_and_check (SctPerson *self)
{
  sct_provisioning_finish (self->saga, self->user_id);
  assert_one_of_each (self);
  g_assert_cmpint (
    sct_provisioning_ask (self->saga,
                          "SELECT count(*) FROM channels WHERE user_id = $1"
                          " AND playback_url LIKE 'https://%' AND ingest_endpoint <> ''"
                          " AND stream_key_arn LIKE 'arn:aws:ivs:%:stream-key/%'",
                          self->user_id),
    ==,
    1);

  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->saga->store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) row =
    sc_store_query (connection,
                    "SELECT arn, stream_key_arn, room_arn FROM channels WHERE user_id = $1",
                    SC_PARAMS (sc_int (self->user_id)),
                    &error);
  g_assert_no_error (error);
  assert_key_of_channel (sc_store_result_get_text (row, 0, 0),
                         sc_store_result_get_text (row, 0, 1));
  assert_room_is_reviewed (sc_store_result_get_text (row, 0, 2));
}
