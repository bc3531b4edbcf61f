/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Random schedules: what happened in a world is reported out of order, late, twice or never, with
 * the reconciler in between, against real PostgreSQL. What the database says then is what an oracle
 * says, which knows the world, what was delivered and when was asked, and nothing of our code.
 *
 * Each schedule follows from a seed, which is printed where one fails; STREAMCAT_SEED=N runs that
 * one alone. With "-m slow" there are 5,000, from STREAMCAT_FIRST_SEED on. */

#include "config.h"

#include "sc-json.h"
#include "sc-reconcile.h"
#include "sc-recording-state.h"
#include "sc-stream-state.h"
#include "sct-oracle.h"
#include "sct-service.h"
#include "sct-world.h"

#include <string.h>

#define FEW 100
#define MANY 5000 /* for each of the two that the suite slow runs */
#define SECOND ((gint64) G_USEC_PER_SEC)

/* A delivery, or without an event a run of the reconciler. */
typedef struct {
  SctWorldEvent *event;
  gint64 at;
} Step;

typedef struct {
  SctService *service;
  SctWorld *world;
  SctOracle *oracle;
  GArray *steps;
} Fixture;

static void
forget (SctService *service)
{
  sct_service_run (service,
                   "DELETE FROM room_calls; DELETE FROM recordings; DELETE FROM viewer_samples;"
                   "DELETE FROM stream_reports; DELETE FROM streams; DELETE FROM stream_events");
}

/* The rate of calls is the one of real time, in which all of this takes seconds. */
static void
open_gates (ScService *service)
{
  sc_aws_set_gate (sc_service_get_aws (service), NULL, NULL);
  sc_aws_set_gate (sc_service_get_quick_aws (service), NULL, NULL);
  sc_aws_set_gate (sc_service_get_chat_aws (service), NULL, NULL);
}

static void
set_up (Fixture *self)
{
  self->world = sct_world_new ();
  self->service = sct_service_new (self->world->url);
  self->oracle = sct_oracle_new (self->service, self->world);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  for (guint i = 0; i < SCT_WORLD_OURS; i++) {
    g_autofree char *name = g_strdup_printf ("world%u", i);
    g_autofree char *token = sct_service_sign_up (self->service, name);
    g_autofree char *arn = sct_world_dup_arn (i);
    g_autofree char *room = sct_world_dup_room_arn (i);
    g_autofree char *sql =
      g_strdup_printf ("UPDATE channels SET arn = '%s', room_arn = '%s' WHERE name = '%s'",
                       arn,
                       room,
                       name);
    sct_service_run (self->service, sql);
  }
  open_gates (self->service->service);
}

static void
tear_down (Fixture *self)
{
  g_array_unref (self->steps);
  sct_oracle_free (self->oracle);
  sct_service_free (self->service);
  sct_world_free (self->world);
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *one = a, *other = b;
  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return one->event && other->event ? strcmp (one->event->id, other->event->id)
                                    : (one->event ? 1 : 0) - (other->event ? 1 : 0);
}

static gint64
make_delay (GRand *rand)
{
  double chance = g_rand_double (rand);
  gint32 most = chance < 0.6 ? 3000 : chance < 0.9 ? 120000 : 3 * 3600 * 1000;
  return g_rand_int_range (rand, 0, most) * G_GINT64_CONSTANT (1000);
}

static void
add_step (Fixture *self, SctWorldEvent *event, gint64 at)
{
  const Step step = { event, at };
  g_array_append_val (self->steps, step);
}

/* Loses some, doubles some, delays all, and asks now and then. */
static void
make_steps (Fixture *self, gint64 begin)
{
  GRand *rand = self->world->rand;
  static const double losses[] = { 0, 0, 0.1, 0.3, 0.7 };
  double loss = losses[g_rand_int_range (rand, 0, G_N_ELEMENTS (losses))];
  g_array_set_size (self->steps, 0);
  for (guint i = 0; i < self->world->events->len; i++) {
    SctWorldEvent *event = self->world->events->pdata[i];
    if (g_rand_double (rand) < loss)
      continue;
    do
      add_step (self, event, event->at + make_delay (rand));
    while (g_rand_double (rand) < 0.3);
  }
  guint n_runs = (guint) g_rand_int_range (rand, 0, 5);
  gint32 seconds = (gint32) ((self->world->over - begin) / SECOND) + 1;
  for (guint i = 0; i < n_runs; i++)
    add_step (self, NULL, begin + g_rand_int_range (rand, 0, seconds) * SECOND + i);
  g_array_sort (self->steps, compare_steps);
}

static void
set_time (Fixture *self, gint64 at)
{
  self->world->now = at;
  self->service->now = at;
}

static void
deliver (Fixture *self, SctWorldEvent *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (event->text, strlen (event->text));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  sc_stream_state_apply (self->service->service, object, &error);
  g_assert_no_error (error);
  sct_oracle_note_event (self->oracle, event);
}

/* What tick does about streams and recordings. */
static void
reconcile (Fixture *self, gint64 at)
{
  g_autoptr (GError) error = NULL;
  set_time (self, at);
  sc_reconcile_run (self->service->service, &error);
  g_assert_no_error (error);
  sc_recording_state_read_due (self->service->service, &error);
  g_assert_no_error (error);
  sct_oracle_note_question (self->oracle);
}

static guint
run_steps (Fixture *self, guint from, gint64 until)
{
  guint i = from;
  for (; i < self->steps->len; i++) {
    const Step *step = &g_array_index (self->steps, Step, i);
    if (step->at > until)
      break;
    set_time (self, step->at);
    if (step->event)
      deliver (self, step->event);
    else
      reconcile (self, step->at);
  }
  return i;
}

/* All that came too late, and everything once more. */
static void
run_latecomers (Fixture *self, guint from)
{
  GPtrArray *events = self->world->events;
  run_steps (self, from, G_MAXINT64);
  for (guint i = 0; i < events->len; i++) {
    if (sct_oracle_has_event (self->oracle, events->pdata[i]))
      deliver (self, events->pdata[i]);
  }
}

/* A day for each, as leases and what is due know no clock that goes back. */
static void
run_schedule (Fixture *self, guint32 seed)
{
  gint64 begin = G_GINT64_CONSTANT (1792844792000000) + seed * G_TIME_SPAN_DAY;
  forget (self->service);
  sct_world_make (self->world, seed, begin);
  sct_oracle_begin (self->oracle, seed);
  make_steps (self, begin);
  gint64 final = self->world->over + g_rand_int_range (self->world->rand, 240, 7200) * SECOND;

  guint done = run_steps (self, 0, final);
  reconcile (self, final);
  sct_oracle_check (self->oracle);

  run_latecomers (self, done);
  sct_oracle_check_live_ones (self->oracle);
  reconcile (self, MAX (self->world->now, final) + 60 * SECOND);
  sct_oracle_check (self->oracle);
}

static void
test_schedules (void)
{
  Fixture self;
  const char *only = g_getenv ("STREAMCAT_SEED");
  const char *from = only ? only : g_getenv ("STREAMCAT_FIRST_SEED");
  guint32 first = from ? (guint32) g_ascii_strtoull (from, NULL, 10) : 1;
  guint count = only ? 1 : g_test_slow () ? MANY : FEW;
  gint64 begin = g_get_monotonic_time ();
  set_up (&self);
  for (guint i = 0; i < count; i++)
    run_schedule (&self, first + i);
  double seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  g_test_message ("seeds %u to %u: %u deliveries, %u runs of the reconciler, %u further "
                  "pages of its lists, %.1f s",
                  first,
                  first + count - 1,
                  sct_oracle_count_deliveries (self.oracle),
                  sct_oracle_count_questions (self.oracle),
                  self.world->n_further_pages,
                  seconds);
  g_assert_true (only || self.world->n_further_pages > 0);
  tear_down (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/schedules", test_schedules);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
