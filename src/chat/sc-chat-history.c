/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said before one came, from the log of the chat, which lags by ten seconds and more.
 *
 * On joining, the newest page is asked for; after a while without a connection, as many pages as it
 * takes to get back to what is known. Then, a few times, what the log has got since: its pages in
 * that direction come in the order in which lines were stored, so that none is passed over, however
 * late it is. In the end, after an absence, what was there before it is compared with the log: what
 * was deleted meanwhile, nobody told us. Each page is merged by the ids of its lines
 * (sc_chat_list_merge()), so nothing is there twice. Main thread; the room owns it.
 */

#include "config.h"

#include "sc-chat-history.h"

#include "sc-chat-error.h"

/* After a thousand lines, a list has nothing left of what was before them. */
#define BACK_PAGES_MAX 10

/* What a log can have got in half a minute at a room's fastest rate is 30 pages. */
#define ROUND_PAGES_MAX 30

/* From the newest line to the oldest on show, where nobody remembers the way. */
#define OLDER_PAGES_MAX 80

/* Lines are stored almost in the order in which they were said: from two functions that run at the
 * same time, some seconds apart. */
#define DISORDER_US (10 * (gint64) G_USEC_PER_SEC)

typedef enum {
  WALK_BACK,    /* from the newest to what is known */
  WALK_FORWARD, /* what was stored since */
  WALK_OLDER,   /* what is above all others */
  WALK_CHECK,   /* what was known before an absence */
} WalkKind;

typedef struct {
  ScChatHistory *history;
  WalkKind kind;
  gint64 target; /* a time that pages are to get back to */
  gint64 newest; /* the first page's last line */
  guint n_pages;
} Walk;

struct _ScChatHistory {
  ScChatTiming timing;
  ScChatHistoryTake take;
  ScChatHistoryGap gap;
  ScChatHistoryCheck check;
  gpointer user_data;
  ScChatHistoryFunc ask;
  gpointer ask_data;
  GDestroyNotify free_ask_data;

  gint64 since;  /* what is known up to then */
  char *newer;   /* where to go on */
  char *older;   /* where to go back */
  gint64 oldest; /* the first line after that */
  gboolean closed;
  guint round;
  guint round_source;
  DexFuture *catching_up;
  DexFuture *going_back;
};

static DexFuture *ask_page (Walk *walk, const char *before, const char *after);

/**
 * sc_chat_history_new:
 * @timing: when the log is asked again
 * @take: takes a page
 * @gap: is told of a gap
 * @check: compares a page with what is there
 * @user_data: for all three
 *
 * Returns: (transfer full): a history without a source, which has nothing
 */
ScChatHistory *
sc_chat_history_new (const ScChatTiming *timing,
                     ScChatHistoryTake take,
                     ScChatHistoryGap gap,
                     ScChatHistoryCheck check,
                     gpointer user_data)
{
  ScChatHistory *self = g_rc_box_new0 (ScChatHistory);
  self->timing = *timing;
  self->take = take;
  self->gap = gap;
  self->check = check;
  self->user_data = user_data;
  self->since = self->oldest = SC_CHAT_HISTORY_NEVER;
  return self;
}

static void
drop_source (ScChatHistory *self)
{
  dex_clear (&self->catching_up);
  dex_clear (&self->going_back);
  g_clear_handle_id (&self->round_source, g_source_remove);
  if (self->free_ask_data)
    self->free_ask_data (self->ask_data);
  self->free_ask_data = NULL;
}

/* Whoever waits for older lines may wait longer than the room is there. */
static void
clear_history (gpointer data)
{
  ScChatHistory *self = data;
  g_free (self->newer);
  g_free (self->older);
}

static void
walk_free (gpointer data)
{
  Walk *walk = data;
  g_rc_box_release_full (walk->history, clear_history);
  g_free (walk);
}

/**
 * sc_chat_history_free:
 * @self: (nullable) (transfer full): a history
 */
void
sc_chat_history_free (ScChatHistory *self)
{
  if (!self)
    return;
  self->closed = TRUE;
  drop_source (self);
  g_rc_box_release_full (self, clear_history);
}

/**
 * sc_chat_history_set_source:
 * @self: a history
 * @ask: asks for a page
 * @user_data: for @ask
 * @free_user_data: (nullable): frees @user_data
 */
void
sc_chat_history_set_source (ScChatHistory *self,
                            ScChatHistoryFunc ask,
                            gpointer user_data,
                            GDestroyNotify free_user_data)
{
  drop_source (self);
  self->ask = ask;
  self->ask_data = user_data;
  self->free_ask_data = free_user_data;
}

static gint64
get_oldest (const ScChatPage *page)
{
  return page->records->len > 0 ? ((ScChatRecord *) page->records->pdata[0])->sent_at
                                : SC_CHAT_HISTORY_NEVER;
}

/* The way back begins where the last page above all others began. */
static void
remember_way_back (ScChatHistory *self, const ScChatPage *page)
{
  g_set_str (&self->older, page->older);
  self->oldest = get_oldest (page);
}

static DexFuture *
go_on_back (Walk *walk, const ScChatPage *page)
{
  ScChatHistory *self = walk->history;
  if (walk->n_pages == 1)
    g_set_str (&self->newer, page->newer);
  self->take (page, FALSE, self->user_data);
  remember_way_back (self, page);
  if (walk->target == SC_CHAT_HISTORY_NEVER || !page->older || get_oldest (page) <= walk->target)
    return dex_future_new_true ();
  if (walk->n_pages < BACK_PAGES_MAX)
    return ask_page (walk, page->older, NULL);
  self->gap (get_oldest (page), self->user_data);
  return dex_future_new_true ();
}

static DexFuture *
go_on_forward (Walk *walk, const ScChatPage *page)
{
  ScChatHistory *self = walk->history;
  if (page->newer)
    g_set_str (&self->newer, page->newer);
  self->take (page, FALSE, self->user_data);
  if (page->records->len < SC_CHAT_HISTORY_MAX || walk->n_pages >= ROUND_PAGES_MAX)
    return dex_future_new_true ();
  return ask_page (walk, NULL, self->newer);
}

/* Pages of what is on show already are passed over. */
static DexFuture *
go_on_older (Walk *walk, const ScChatPage *page)
{
  ScChatHistory *self = walk->history;
  gboolean beyond = get_oldest (page) < walk->target;
  guint n_new = beyond ? self->take (page, TRUE, self->user_data) : 0;
  remember_way_back (self, page);
  if (n_new > 0 || !page->older || walk->n_pages >= OLDER_PAGES_MAX)
    return dex_future_new_for_boolean (page->older != NULL);
  return ask_page (walk, page->older, NULL);
}

static gint64
get_newest (const ScChatPage *page)
{
  guint n = page->records->len;
  return n > 0 ? ((ScChatRecord *) page->records->pdata[n - 1])->sent_at : SC_CHAT_HISTORY_NEVER;
}

static DexFuture *
go_on_checking (Walk *walk, const ScChatPage *page)
{
  ScChatHistory *self = walk->history;
  if (walk->n_pages == 1)
    walk->newest = get_newest (page);
  if (page->records->len == 0 || walk->n_pages > BACK_PAGES_MAX)
    return dex_future_new_true ();
  if (get_oldest (page) > walk->target && page->older)
    return ask_page (walk, page->older, NULL);
  self->check (page, MIN (walk->target, walk->newest - DISORDER_US), self->user_data);
  return dex_future_new_true ();
}

static DexFuture *
on_page (DexFuture *future, gpointer user_data)
{
  Walk *walk = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  if (!value || walk->history->closed)
    return dex_ref (future);
  const ScChatPage *page = g_value_get_boxed (value);
  walk->n_pages++;
  switch (walk->kind) {
  case WALK_BACK:
    return go_on_back (walk, page);
  case WALK_FORWARD:
    return go_on_forward (walk, page);
  case WALK_CHECK:
    return go_on_checking (walk, page);
  case WALK_OLDER:
  default:
    return go_on_older (walk, page);
  }
}

static DexFuture *
ask_page (Walk *walk, const char *before, const char *after)
{
  ScChatHistory *self = walk->history;
  if (self->closed)
    return dex_future_new_false ();
  DexFuture *page = self->ask (before, after, SC_CHAT_HISTORY_MAX, self->ask_data);
  Walk *next = g_memdup2 (walk, sizeof *walk);
  g_rc_box_acquire (self);
  return dex_future_finally (page, on_page, next, walk_free);
}

static void on_round_due (gpointer user_data);

static DexFuture *
check (ScChatHistory *self)
{
  Walk walk = { .history = self, .kind = WALK_CHECK, .target = self->since };
  return self->since == SC_CHAT_HISTORY_NEVER ? dex_future_new_true ()
                                              : ask_page (&walk, NULL, NULL);
}

/* Rounds that fail are made up for by the next; the last one is asked until it succeeds. */
static DexFuture *
on_round_done (DexFuture *future, gpointer user_data)
{
  ScChatHistory *self = user_data;
  gboolean failed = dex_future_is_rejected (future);
  const guint *times = self->timing.history_ms;
  guint round = self->round;
  if (round == SC_CHAT_HISTORY_ROUNDS && !failed)
    return check (self);
  guint last = round > 0 ? times[MIN (round, SC_CHAT_HISTORY_ROUNDS - 1) - 1] : 0;
  guint delay = times[MIN (round, SC_CHAT_HISTORY_ROUNDS - 1)] - last;
  self->round = MIN (round + 1, SC_CHAT_HISTORY_ROUNDS);
  g_clear_handle_id (&self->round_source, g_source_remove);
  self->round_source = g_timeout_add_once (delay, on_round_due, self);
  return dex_future_new_true ();
}

static void
begin_round (ScChatHistory *self)
{
  gboolean back = self->newer == NULL;
  Walk walk = { .history = self, .kind = back ? WALK_BACK : WALK_FORWARD, .target = self->since };
  dex_clear (&self->catching_up);
  self->catching_up =
    dex_future_finally (ask_page (&walk, NULL, self->newer), on_round_done, self, NULL);
}

static void
on_round_due (gpointer user_data)
{
  ScChatHistory *self = user_data;
  self->round_source = 0;
  begin_round (self);
}

/**
 * sc_chat_history_catch_up:
 * @self: a history
 * @since: when the newest line was said before which nothing is missing, microseconds since the
 *   epoch; %SC_CHAT_HISTORY_NEVER if there is none
 *
 * Gets what was said since, now and for a while; or the newest lines, if nothing is known.
 */
void
sc_chat_history_catch_up (ScChatHistory *self, gint64 since)
{
  if (!self->ask)
    return;
  g_clear_handle_id (&self->round_source, g_source_remove);
  g_clear_pointer (&self->newer, g_free);
  self->since = since;
  self->round = 0;
  begin_round (self);
}

/**
 * sc_chat_history_load_older:
 * @self: a history
 * @first: when the oldest line on show was said, microseconds since the epoch
 *
 * Gets older lines than all that are there.
 *
 * Returns: (transfer full): a future that resolves to whether there are still older ones
 */
DexFuture *
sc_chat_history_load_older (ScChatHistory *self, gint64 first)
{
  if (!self->ask)
    return dex_future_new_false ();
  if (self->going_back && dex_future_is_pending (self->going_back))
    return dex_ref (self->going_back);
  gboolean knows_way = self->older && self->oldest >= first;
  Walk walk = { .history = self, .kind = WALK_OLDER, .target = first };
  dex_clear (&self->going_back);
  self->going_back = ask_page (&walk, knows_way ? self->older : NULL, NULL);
  return dex_ref (self->going_back);
}
