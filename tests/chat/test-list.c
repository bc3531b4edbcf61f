/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list on its own: order, cap, batches, what is hidden, and that a line waits for its picture.
 */

#include "config.h"

#include "sc-chat-list.h"
#include "sc-chat-pacer.h"
#include "sc-fake-api.h"

#include <malloc.h>

#define SECOND ((gint64) G_USEC_PER_SEC)

/* When everything was said: long ago, so that only pictures of then are waited for. */
#define BEGIN (1700000000 * SECOND)

static ScChatLine *
new_line (guint n, const char *user_id)
{
  g_autofree char *id = g_strdup_printf ("m%u", n);
  g_autofree char *text = g_strdup_printf ("line %u", n);
  g_autofree char *user = g_strdup (user_id);
  const ScChatPush message = { .kind = SC_CHAT_PUSH_MESSAGE,
                               .id = id,
                               .user_id = user,
                               .name = user,
                               .text = text,
                               .time = BEGIN + n * SECOND };
  return sc_chat_line_new (&message, FALSE);
}

static void
add (ScChatList *list, guint n)
{
  g_autoptr (ScChatLine) line = new_line (n, n % 3 == 0 ? "bob" : "ada");
  sc_chat_list_add (list, line);
}

static void
merge (ScChatList *list, guint first, guint last, gboolean older)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint n = first; n <= last; n++)
    g_ptr_array_add (lines, new_line (n, n % 3 == 0 ? "bob" : "ada"));
  sc_chat_list_merge (list, lines, older);
}

/* What is on show, as "1 2 3". */
static char *
describe (ScChatList *list)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (G_LIST_MODEL (list), i);
    const char *id = sc_chat_line_get_id (line);
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", id ? id + 1 : "own");
  }
  return g_string_free_and_steal (text);
}

static void
assert_shows (ScChatList *list, const char *lines)
{
  g_autofree char *text = describe (list);
  g_assert_cmpstr (text, ==, lines);
}

typedef struct {
  ScChatList *list;
  guint n;
} Expectation;

static gboolean
has_lines (gpointer data)
{
  Expectation *expectation = data;
  return g_list_model_get_n_items (G_LIST_MODEL (expectation->list)) == expectation->n;
}

static void
wait_lines (ScChatList *list, guint n)
{
  Expectation expectation = { list, n };
  sc_test_wait_until (has_lines, &expectation);
}

/* A model that follows by its signals alone what a view is told. */
static void
on_items_changed (GListModel *model,
                  guint position,
                  guint n_removed,
                  guint n_added,
                  GPtrArray *copy)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (copy, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (copy, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
assert_same (ScChatList *list, GPtrArray *copy)
{
  g_assert_cmpuint (copy->len, ==, g_list_model_get_n_items (G_LIST_MODEL (list)));
  for (guint i = 0; i < copy->len; i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (G_LIST_MODEL (list), i);
    g_assert_true (line == copy->pdata[i]);
  }
}

static GPtrArray *
follow (ScChatList *list)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), copy);
  return copy;
}

static void
test_merges (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (1);
  g_autoptr (GPtrArray) copy = follow (list);
  add (list, 6);
  add (list, 8);
  wait_lines (list, 2);
  merge (list, 3, 7, FALSE);
  assert_shows (list, "3 4 5 6 7 8");
  merge (list, 1, 9, FALSE);
  add (list, 5);
  add (list, 10);
  wait_lines (list, 10);
  assert_shows (list, "1 2 3 4 5 6 7 8 9 10");
  assert_same (list, copy);
  g_assert_nonnull (sc_chat_list_find (list, "m7"));
  g_assert_null (sc_chat_list_find (list, "m11"));
}

static void
test_cap (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (1);
  g_autoptr (GPtrArray) copy = follow (list);
  sc_chat_list_set_max (list, 100);
  merge (list, 1, 100, FALSE);
  wait_lines (list, 100);
  add (list, 101);
  wait_lines (list, 90);
  g_assert_null (sc_chat_list_find (list, "m11"));
  merge (list, 5, 8, FALSE); /* what went by its age does not come back by itself */
  wait_lines (list, 90);

  sc_chat_list_set_reading_back (list, TRUE);
  merge (list, 1, 11, TRUE);
  add (list, 102);
  wait_lines (list, 102);
  g_assert_cmpint (sc_chat_list_get_first_order (list), ==, BEGIN + SECOND);
  sc_chat_list_set_reading_back (list, FALSE);
  wait_lines (list, 90);
  assert_same (list, copy);
}

/* Whoever reads further up for very long finds all the newest on return, and no gap. */
static void
test_reads_back_long (void)
{
  const guint most = 100 + SC_CHAT_LIST_BACK;
  g_autoptr (ScChatList) list = sc_chat_list_new (1);
  g_autoptr (GPtrArray) copy = follow (list);
  sc_chat_list_set_max (list, 100);
  sc_chat_list_set_reading_back (list, TRUE);
  merge (list, 1, most - 1, FALSE);
  g_assert_false (sc_chat_list_is_full (list));
  add (list, most);
  wait_lines (list, most);
  g_assert_true (sc_chat_list_is_full (list));
  for (guint n = most + 1; n <= most + 7000; n++)
    add (list, n);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, most);
  sc_chat_list_set_reading_back (list, FALSE);
  wait_lines (list, 90);
  g_autoptr (ScChatLine) first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpint (sc_chat_line_get_time (first), ==, BEGIN + (most + 7000 - 89) * SECOND);
  assert_same (list, copy);
}

static void
test_gap (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (1);
  merge (list, 1, 3, FALSE);
  merge (list, 7, 8, FALSE);
  sc_chat_list_set_reading_back (list, TRUE);
  sc_chat_list_drop_before (list, BEGIN + 7 * SECOND);
  assert_shows (list, "1 2 3 7 8");
  sc_chat_list_set_reading_back (list, FALSE);
  assert_shows (list, "7 8");
}

static void
test_hides (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (1);
  g_autoptr (GPtrArray) copy = follow (list);
  ScChatSieve *sieve = sc_chat_list_get_sieve (list);
  merge (list, 1, 6, FALSE);
  const char *const blocked[] = { "bob", NULL };
  sc_chat_sieve_set_blocked (sieve, blocked);
  sc_chat_list_sift (list);
  assert_shows (list, "1 2 4 5");
  add (list, 9);
  add (list, 10);
  wait_lines (list, 5);
  assert_shows (list, "1 2 4 5 10");
  g_assert_cmpstr (sc_chat_list_find_person (list, "Bob"), ==, "bob");

  sc_chat_sieve_purge (sieve, "ada", "a1", BEGIN + 4 * SECOND);
  sc_chat_list_sift (list);
  merge (list, 7, 8, FALSE);
  assert_shows (list, "5 7 8 10");
  sc_chat_sieve_set_blocked (sieve, NULL);
  sc_chat_list_sift (list);
  assert_shows (list, "3 5 6 7 8 9 10");
  g_assert_false (sc_chat_sieve_unpurge (sieve, "a2"));
  g_assert_true (sc_chat_sieve_unpurge (sieve, "a1"));
  sc_chat_list_sift (list);
  assert_shows (list, "1 2 3 4 5 6 7 8 9 10");
  assert_same (list, copy);
}

/* Our own unsent lines stand last, a failed one stays where it was. */
static void
test_own (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (1);
  g_autoptr (GPtrArray) copy = follow (list);
  g_autoptr (ScChatLine) failed = sc_chat_line_new_own ("mia", "mia", SC_CHAT_VIEWER, "no");
  g_autoptr (ScChatLine) sent = sc_chat_line_new_own ("mia", "mia", SC_CHAT_VIEWER, "yes");
  add (list, 1);
  wait_lines (list, 1);
  sc_chat_list_add_now (list, failed);
  sc_chat_list_add_now (list, sent);
  add (list, 2);
  add (list, 5);
  wait_lines (list, 5);
  assert_shows (list, "1 2 5 own own");
  sc_chat_list_settle (list, failed);
  add (list, 6);
  wait_lines (list, 6);
  assert_shows (list, "1 2 5 own 6 own");
  char id[] = "m4", user[] = "mia", text[] = "yes";
  const ScChatPush echo = { .id = id, .user_id = user, .text = text, .time = BEGIN + 4 * SECOND };
  sc_chat_list_confirm (list, sent, &echo);
  assert_shows (list, "1 2 4 5 own 6");
  g_assert_true (sc_chat_list_find (list, "m4") == sent);
  sc_chat_list_remove (list, failed);
  assert_shows (list, "1 2 4 5 6");
  assert_same (list, copy);
}

static gint64
get_fake_time (gpointer user_data)
{
  return *(gint64 *) user_data;
}

/* The picture goes on as time does, stands still when it is said to, and a minute is enough. */
static void
test_pacer (void)
{
  gint64 now = 1000 * SECOND;
  ScChatPacer pacer = sc_chat_pacer_init (get_fake_time, &now);
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN + SECOND, now), <=, 0);
  sc_chat_pacer_set_picture (&pacer, BEGIN);
  gint64 came = now;
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN + 5 * SECOND, came), ==, 5 * SECOND);
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN - SECOND, came), <=, 0);
  now += 2 * SECOND;
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN + 5 * SECOND, came), ==, 3 * SECOND);
  sc_chat_pacer_set_picture (&pacer, BEGIN); /* stalled */
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN + 5 * SECOND, came), ==, 5 * SECOND);
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN + 900 * SECOND, came), ==, 58 * SECOND);
  now += 58 * SECOND;
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN + 900 * SECOND, came), <=, 0);
  sc_chat_pacer_set_picture (&pacer, -1);
  g_assert_cmpint (sc_chat_pacer_get_wait (&pacer, BEGIN + 900 * SECOND, now), <=, 0);
}

static void
test_waits_for_picture (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (1);
  sc_chat_list_set_picture_time (list, BEGIN + 3 * SECOND);
  merge (list, 1, 10, FALSE);
  add (list, 30);
  assert_shows (list, "1 2 3");
  sc_chat_list_set_picture_time (list, BEGIN + 5 * SECOND);
  wait_lines (list, 5);
  g_autoptr (ScChatLine) own = sc_chat_line_new_own ("mia", NULL, SC_CHAT_VIEWER, "me");
  sc_chat_list_add_now (list, own);
  assert_shows (list, "1 2 3 4 5 own");
  sc_chat_list_set_picture_time (list, -1);
  wait_lines (list, 12);
}

/* A flood that never stops does not put off what came first. */
static void
test_batches (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (20);
  gint64 begin = g_get_monotonic_time ();
  guint n = 0;
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0) {
    add (list, ++n);
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, SECOND);
  }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), >, 1);
}

static gsize
get_memory (void)
{
  return mallinfo2 ().uordblks;
}

static gboolean
is_last (ScChatList *list, guint n)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_autoptr (ScChatLine) line =
    length > 0 ? g_list_model_get_item (G_LIST_MODEL (list), length - 1) : NULL;
  return line && sc_chat_line_get_time (line) == BEGIN + n * SECOND;
}

static void
add_many (ScChatList *list, guint first, guint last)
{
  for (guint n = first; n <= last; n++) {
    add (list, n);
    while (n % 500 == 0 && !is_last (list, n))
      g_main_context_iteration (NULL, TRUE);
  }
}

/* Hours of chat cost what minutes do. */
static void
test_memory (void)
{
  g_autoptr (ScChatList) list = sc_chat_list_new (0);
  add_many (list, 1, 2000);
  gsize after_2000 = get_memory ();
  add_many (list, 2001, 100000);
  gsize after_100000 = get_memory ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), <=, SC_CHAT_LIST_MAX);
  g_test_message ("after 2,000 lines %zu KB, after 100,000 lines %zu KB",
                  after_2000 / 1024,
                  after_100000 / 1024);
  g_assert_cmpuint (after_100000, <, after_2000 + 10 * 1024 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/merges", test_merges);
  g_test_add_func ("/list/cap", test_cap);
  g_test_add_func ("/list/reads-back-long", test_reads_back_long);
  g_test_add_func ("/list/gap", test_gap);
  g_test_add_func ("/list/hides", test_hides);
  g_test_add_func ("/list/own", test_own);
  g_test_add_func ("/list/pacer", test_pacer);
  g_test_add_func ("/list/waits-for-picture", test_waits_for_picture);
  g_test_add_func ("/list/batches", test_batches);
  g_test_add_func ("/list/memory", test_memory);
  return g_test_run ();
}
