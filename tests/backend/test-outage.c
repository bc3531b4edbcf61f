/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* PostgreSQL dies again and again under people who write without a pause. What was acknowledged is
 * there afterwards; meanwhile everybody is told to come again, and soon after the database
 * everybody is served again.
 *
 *   test-outage --kills N
 */

#include "config.h"

#include "sc-json.h"
#include "sct-backend.h"
#include "sct-cluster.h"
#include "sct-files.h"

#include <stdlib.h>
#include <string.h>

#define PEOPLE 4

/* "Back within 5 s". */
#define BACK_SECONDS 5

/* What each person writes and reads between two outages, at least. */
#define WRITES_A_ROUND 10

static gint64 n_kills = 6;

typedef struct _World World;

/* Somebody who changes the title of the own channel to the next number, again and again. */
typedef struct {
  World *world;
  GThread *thread;
  char *name;
  char *token;
  guint64 sent;         /* the last number that went out */
  guint64 acknowledged; /* the last one that the server said it has */
  guint refused;        /* how often the answer was to come again */
  guint writes;         /* acknowledged since the last outage */
} Person;

struct _World {
  SctCluster *cluster;
  SctBackend backend;
  Person people[PEOPLE];
  GMutex lock;
  GCond changed;
  gboolean down; /* the database is being killed, or dead */
  gboolean over;
};

static guint
get_status (const char *answer)
{
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 "));
  return (guint) atoi (answer + strlen ("HTTP/1.1 "));
}

static JsonObject *
get_body (const char *answer)
{
  const char *body = strstr (answer, "\r\n\r\n");
  g_assert_nonnull (body);
  g_autoptr (GBytes) bytes = g_bytes_new_static (body + 4, strlen (body + 4));
  JsonObject *object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
  g_assert_nonnull (object);
  return object;
}

/* Whoever cannot be served is told so, and when to come again. */
static void
assert_come_again (const char *answer)
{
  if (get_status (answer) != 503)
    g_error ("Neither done nor told to come again: %s", answer);
  g_assert_nonnull (strstr (answer, "\r\nRetry-After: 1\r\n"));
  g_assert_nonnull (strstr (answer, "\"busy\""));
}

static gboolean
write_next (Person *self)
{
  g_autofree char *body = g_strdup_printf ("{\"title\":\"%" G_GUINT64_FORMAT "\"}", ++self->sent);
  g_autofree char *answer =
    sct_backend_call (&self->world->backend, "PATCH", "/v1/me/channel", self->token, body);
  if (get_status (answer) != 200) {
    assert_come_again (answer);
    return FALSE;
  }
  self->acknowledged = self->sent;
  return TRUE;
}

/* Tells the one who kills how far this person is, and waits out an outage that was felt. */
static gboolean
go_on (Person *self, gboolean written)
{
  World *world = self->world;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&world->lock);
  self->writes += written;
  self->refused += !written;
  g_cond_broadcast (&world->changed);
  while (!written && world->down && !world->over)
    g_cond_wait (&world->changed, &world->lock);
  return !world->over;
}

static gpointer
write_on (gpointer data)
{
  Person *self = data;
  while (go_on (self, write_next (self)))
    continue;
  return NULL;
}

static gboolean
all_wrote (World *world, guint writes)
{
  for (guint i = 0; i < PEOPLE; i++)
    if (world->people[i].writes < writes)
      return FALSE;
  return TRUE;
}

static gboolean
all_refused (World *world, const guint *before)
{
  for (guint i = 0; i < PEOPLE; i++)
    if (world->people[i].refused == before[i])
      return FALSE;
  return TRUE;
}

/* What is in the database is what was acknowledged last, or what went out after it and whose answer
 * was lost. */
static void
assert_nothing_lost (World *world)
{
  for (guint i = 0; i < PEOPLE; i++) {
    Person *person = &world->people[i];
    g_autofree char *answer =
      sct_backend_call (&world->backend, "GET", "/v1/me/channel", person->token, NULL);
    g_assert_cmpuint (get_status (answer), ==, 200);
    g_autoptr (JsonObject) body = get_body (answer);
    JsonObject *channel = json_object_get_object_member (body, "channel");
    guint64 title = g_ascii_strtoull (json_object_get_string_member (channel, "title"), NULL, 10);
    g_assert_cmpuint (title, >=, person->acknowledged);
    g_assert_cmpuint (title, <=, person->sent);
  }
}

/* Asks until somebody is served. Returns how long that took after the database was back, in
 * microseconds. */
static gint64
wait_until_served (World *world)
{
  gint64 start = g_get_monotonic_time ();
  for (;;) {
    g_autofree char *answer =
      sct_backend_call (&world->backend, "GET", "/v1/me", world->people[0].token, NULL);
    if (get_status (answer) == 200)
      return g_get_monotonic_time () - start;
    assert_come_again (answer);
    g_assert_cmpint (g_get_monotonic_time () - start, <, BACK_SECONDS * G_USEC_PER_SEC);
  }
}

/* Kills the database, its first process or all of it, and waits until everybody felt it. */
static void
break_down (World *world, gboolean hard)
{
  guint before[PEOPLE];
  {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&world->lock);
    while (!all_wrote (world, WRITES_A_ROUND))
      g_cond_wait (&world->changed, &world->lock);
    world->down = TRUE;
    for (guint i = 0; i < PEOPLE; i++)
      before[i] = world->people[i].refused;
  }
  if (hard)
    sct_cluster_kill (world->cluster);
  else
    sct_cluster_stop (world->cluster);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&world->lock);
  while (!all_refused (world, before))
    g_cond_wait (&world->changed, &world->lock);
}

static gint64
come_back (World *world)
{
  sct_cluster_start (world->cluster);
  gint64 served = wait_until_served (world);
  assert_nothing_lost (world); /* nobody writes: all wait until the outage is over */
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&world->lock);
  for (guint i = 0; i < PEOPLE; i++)
    world->people[i].writes = 0;
  world->down = FALSE;
  g_cond_broadcast (&world->changed);
  return served;
}

static void
sign_up (World *world, Person *person, guint number)
{
  person->world = world;
  person->name = g_strdup_printf ("person-%u", number);
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"long enough\"}", person->name);
  g_autofree char *answer = sct_backend_call (&world->backend, "POST", "/v1/users", NULL, body);
  g_assert_cmpuint (get_status (answer), ==, 201);
  g_autoptr (JsonObject) session = get_body (answer);
  person->token = g_strdup (json_object_get_string_member (session, "token"));
}

static void
world_set_up (World *world, const char *dir)
{
  world->cluster = sct_cluster_new ();
  g_autofree char *conninfo = sct_cluster_create_database (world->cluster, "outage", NULL);
  sct_backend_migrate (conninfo);
  sct_backend_start (&world->backend, conninfo, dir);
  for (guint i = 0; i < PEOPLE; i++)
    sign_up (world, &world->people[i], i);
  for (guint i = 0; i < PEOPLE; i++)
    world->people[i].thread = g_thread_new ("writer", write_on, &world->people[i]);
}

static void
world_tear_down (World *world)
{
  {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&world->lock);
    world->over = TRUE;
    g_cond_broadcast (&world->changed);
  }
  for (guint i = 0; i < PEOPLE; i++) {
    g_thread_join (world->people[i].thread);
    g_free (world->people[i].name);
    g_free (world->people[i].token);
  }
  sct_backend_stop (&world->backend);
  sct_cluster_free (world->cluster);
}

static void
print_figures (World *world, gint64 slowest)
{
  guint64 sent = 0;
  guint refused = 0;
  for (guint i = 0; i < PEOPLE; i++) {
    sent += world->people[i].sent;
    refused += world->people[i].refused;
  }
  g_test_message ("%u outages, %u writers, %" G_GUINT64_FORMAT " writes sent, %u told to come"
                  " again, 0 acknowledged and lost; served again after %.1f ms at the latest",
                  (guint) n_kills,
                  PEOPLE,
                  sent,
                  refused,
                  (double) slowest / 1000);
}

static void
test_outages (void)
{
  World world = { 0 };
  g_autofree char *dir = g_dir_make_tmp ("streamcat-outage-XXXXXX", NULL);
  world_set_up (&world, dir);
  gint64 slowest = 0;
  for (gint64 i = 0; i < n_kills; i++) {
    break_down (&world, i % 2 == 0);
    gint64 served = come_back (&world);
    slowest = MAX (slowest, served);
  }
  print_figures (&world, slowest);
  world_tear_down (&world);
  sct_remove_tree (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--kills"))
    n_kills = g_ascii_strtoll (argv[2], NULL, 10);
  g_test_add_func ("/backend/outages", test_outages);
  return g_test_run ();
}
