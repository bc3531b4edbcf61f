/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two hundred people who sign up at the same moment, in real time, while tick runs in two
 * processes' place: all of them get an account and one channel, one room and one stage each, and
 * Amazon IVS gets at most 5 calls of an operation in any second, by the local cloud's own log. */

#include "config.h"

#include "sc-json.h"
#include "sc-service.h"
#include "sct-person.h"

#include <string.h>

#define PEOPLE 200

/* The quota's floor is PEOPLE / 4 = 50 s; a busy machine may take as long again and more. */
#define DEADLINE_US (240 * G_TIME_SPAN_SECOND)

typedef struct {
  ScService *service;
  guint number;
  guint tries;
  gint64 signed_up_us; /* after the start */
} Visitor;

static gint64 started_us;

/* As the app does: "busy" says when to come again. */
static gpointer
sign_up (gpointer data)
{
  Visitor *self = data;
  g_autofree char *text =
    g_strdup_printf ("{\"name\":\"visitor-%u\",\"password\":\"a long password\"}", self->number);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  const ScRequest request = { .method = "POST", .path = "/v1/users", .body = body };
  for (;;) {
    g_autoptr (ScResponse) response = sc_service_handle (self->service, &request);
    self->tries++;
    if (response->status == 201)
      break;
    g_assert_cmpuint (response->status, ==, 503);
    g_usleep (G_USEC_PER_SEC * (gulong) atoi (sc_response_get_header (response, "Retry-After")));
  }
  self->signed_up_us = g_get_monotonic_time () - started_us;
  return NULL;
}

static gpointer
resume (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SctProvisioning) saga =
    sct_provisioning_new (sct_conninfo, sct_control_get_url (sct_control));
  const char *waiting = "SELECT count(*) FROM users u LEFT JOIN channels c ON c.user_id = u.id"
                        " WHERE u.name LIKE 'visitor-%' AND $1 = 0 AND c.state = 'ready'";
  while (sct_provisioning_ask (saga, waiting, 0) < PEOPLE &&
         g_get_monotonic_time () - started_us < DEADLINE_US) {
    g_assert_true (sc_provision_resume (saga->provisioner, G_MAXINT64, &error));
    g_assert_no_error (error);
    g_usleep (100 * 1000); /* as tick does: nothing is due now, and no event says when */
  }
  return NULL;
}

static void
report (const Visitor *visitors, gint64 ready_us)
{
  gint64 last = 0;
  guint tries = 0;
  for (guint i = 0; i < PEOPLE; i++) {
    last = MAX (last, visitors[i].signed_up_us);
    tries += visitors[i].tries;
  }
  g_test_message ("%u people: all have an account after %.1f s (%u requests), all channels are"
                  " ready after %.1f s; most calls of an operation in a second: %" G_GINT64_FORMAT,
                  PEOPLE,
                  (double) last / G_USEC_PER_SEC,
                  tries,
                  (double) ready_us / G_USEC_PER_SEC,
                  sct_control_ask_most_in_a_second (sct_control));
}

static void
test_two_hundred (void)
{
  static Visitor visitors[PEOPLE];
  GThread *threads[PEOPLE];
  GThread *ticks[2];
  g_autoptr (SctProvisioning) world =
    sct_provisioning_new (sct_conninfo, sct_control_get_url (sct_control));
  char *environment[] = { (char *) "STREAMCAT_CHAT_LOGGING_CONFIGURATION_ARN=" SCT_LOGGING_ARN,
                          (char *) "STREAMCAT_CHAT_REVIEW_ARN=" SCT_REVIEW_ARN,
                          NULL };
  g_autoptr (ScService) service = sc_service_new (world->store, world->aws, environment);
  started_us = g_get_monotonic_time ();
  for (guint i = 0; i < PEOPLE; i++) {
    visitors[i] = (Visitor) { .service = service, .number = i };
    threads[i] = g_thread_new ("visitor", sign_up, &visitors[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (ticks); i++)
    ticks[i] = g_thread_new ("tick", resume, NULL);
  for (guint i = 0; i < PEOPLE; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < G_N_ELEMENTS (ticks); i++)
    g_thread_join (ticks[i]);
  report (visitors, g_get_monotonic_time () - started_us);

  g_assert_cmpint (sct_control_ask_most_in_a_second (sct_control), <=, 5);
  g_assert_cmpint (
    sct_provisioning_ask (world,
                          "SELECT count(*) FROM channels WHERE state = 'ready' AND $1 = 0",
                          0),
    ==,
    PEOPLE);
  /* A call that a busy machine gave up may have had its effect: the janitor's. */
  sct_provisioning_sweep (world, FALSE);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_CHANNEL, "visitor-"), ==, PEOPLE);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_ROOM, "visitor-"), ==, PEOPLE);
  g_assert_cmpuint (sct_control_count (sct_control, SC_CLOUD_STAGE, "visitor-"), ==, PEOPLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_person_open_world ();
  g_test_add_func ("/sign-up-crowd/two-hundred", test_two_hundred);
  int result = g_test_run ();
  sct_person_close_world ();
  return result;
}
