/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What each person said last, as far as this process has seen it. On AWS several processes review
 * the lines of a room, and none knows what the others saw: what hangs on this is best effort.
 *
 * Bounded: with more people than it can have, who was silent longest is forgotten. From any thread.
 */

#include "config.h"

#include "sc-recent-lines.h"

/* People of all rooms; each takes some 200 bytes. */
#define PEOPLE_MAX 4096

/* Lines of each. */
#define LINES_MAX 4

typedef struct {
  char *name; /* room and person */
  guint hashes[LINES_MAX];
  gint64 times[LINES_MAX]; /* 0: none yet */
  guint next;
  GList link; /* in the order of the last line */
} Person;

struct _ScRecentLines {
  GMutex lock;
  GHashTable *people; /* name -> Person */
  GQueue order;       /* silent longest first */
};

static void
person_free (gpointer data)
{
  Person *person = data;
  g_free (person->name);
  g_free (person);
}

/**
 * sc_recent_lines_new:
 *
 * Returns: (transfer full): a memory of nothing
 */
ScRecentLines *
sc_recent_lines_new (void)
{
  ScRecentLines *self = g_new0 (ScRecentLines, 1);
  g_mutex_init (&self->lock);
  g_queue_init (&self->order);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, person_free);
  return self;
}

/**
 * sc_recent_lines_free:
 * @self: (nullable) (transfer full): a memory
 */
void
sc_recent_lines_free (ScRecentLines *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->people);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Neither a room's id nor a person's has a line feed. */
static char *
make_name (const char *room, const char *person)
{
  return g_strconcat (room, "\n", person, NULL);
}

static Person *
find (ScRecentLines *self, const char *room, const char *person)
{
  g_autofree char *name = make_name (room, person);
  return g_hash_table_lookup (self->people, name);
}

/**
 * sc_recent_lines_get_last:
 * @self: the memory
 * @room: a room
 * @person: who
 *
 * Returns: when the person said something last, on the clock of who added it; 0 for never
 */
gint64
sc_recent_lines_get_last (ScRecentLines *self, const char *room, const char *person)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Person *known = find (self, room, person);
  return known ? known->times[(known->next + LINES_MAX - 1) % LINES_MAX] : 0;
}

/**
 * sc_recent_lines_count_same:
 * @self: the memory
 * @room: a room
 * @person: who
 * @key: what a line says
 * @since_us: since when, on the clock of who added lines
 *
 * Returns: how many of the person's last lines said the same
 */
guint
sc_recent_lines_count_same (ScRecentLines *self,
                            const char *room,
                            const char *person,
                            const char *key,
                            gint64 since_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Person *known = find (self, room, person);
  guint hash = g_str_hash (key), count = 0;
  for (guint i = 0; known && i < LINES_MAX; i++) {
    if (known->times[i] > 0 && known->times[i] >= since_us && known->hashes[i] == hash)
      count++;
  }
  return count;
}

static Person *
make_person (ScRecentLines *self, const char *room, const char *person)
{
  if (self->order.length >= PEOPLE_MAX) {
    GList *oldest = g_queue_pop_head_link (&self->order);
    g_hash_table_remove (self->people, ((Person *) oldest->data)->name);
  }
  Person *made = g_new0 (Person, 1);
  made->name = make_name (room, person);
  made->link.data = made;
  g_queue_push_tail_link (&self->order, &made->link);
  g_hash_table_insert (self->people, made->name, made);
  return made;
}

/**
 * sc_recent_lines_add:
 * @self: the memory
 * @room: a room
 * @person: who
 * @key: what the line says
 * @now_us: when, positive
 *
 * Takes note of a line that was let through.
 */
void
sc_recent_lines_add (ScRecentLines *self,
                     const char *room,
                     const char *person,
                     const char *key,
                     gint64 now_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Person *known = find (self, room, person);
  if (!known)
    known = make_person (self, room, person);
  known->hashes[known->next] = g_str_hash (key);
  known->times[known->next] = now_us;
  known->next = (known->next + 1) % LINES_MAX;
  g_queue_unlink (&self->order, &known->link);
  g_queue_push_tail_link (&self->order, &known->link);
}
