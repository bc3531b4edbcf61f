/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said in a recording, in step with its picture: the same lines in the same kind of list
 * as live chat.
 *
 *   pages ──> ahead ── their time comes ──> the list          back: the list ──> ahead
 *
 * The player says where it is, at whatever speed. A jump shows the last lines before the place at
 * once; a small one back takes lines off again without asking. Lines are there half a minute before
 * they are due; what is ahead and what is on show are both bounded. Main thread; a page owns it.
 */

#include "config.h"

#include "sc-chat-replay.h"

#include "sc-chat-list.h"
#include "sc-chat-sorted.h"

/* A player's position trembles by less than this. */
#define TREMBLE_MS 250

/* A step on that is longer is a jump: nobody reads what flies by. */
#define JUMP_MS 10000

/* Lines are asked for so long before they are due: at twice the speed that is 15 s for an answer.
 */
#define AHEAD_MS 30000

/* More lines than that are not needed at once, however fast they were said. */
#define AHEAD_LINES 500

/* Lines taken off on the way back are kept up to here. */
#define AHEAD_MAX (AHEAD_LINES + SC_CHAT_REPLAY_MAX + SC_CHAT_LIST_MAX)

struct _ScChatReplay {
  GObject parent_instance;

  ScChatReplayFunc ask;
  gpointer user_data;
  GDestroyNotify free_user_data;
  ScChatTiming timing;

  ScChatList *lines;
  GPtrArray *ahead;
  gint64 position;
  gboolean jumping; /* the lines before the position are on their way */
  char *next;       /* where to go on */
  gboolean at_end;  /* nothing follows what is ahead */
  DexFuture *asking;
  GError *error;
  guint attempts;
  guint retry_source;
  guint soon_source;
};

typedef enum {
  PROP_LINES = 1,
  PROP_LOADING,
  PROP_ERROR,
} ScChatReplayProperty;

static GParamSpec *properties[PROP_ERROR + 1];

G_DEFINE_FINAL_TYPE (ScChatReplay, sc_chat_replay, G_TYPE_OBJECT)

static void go_on (ScChatReplay *self);

static void
notify (ScChatReplay *self, ScChatReplayProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
drop_question (ScChatReplay *self)
{
  dex_clear (&self->asking);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->soon_source, g_source_remove);
}

static void
sc_chat_replay_dispose (GObject *object)
{
  ScChatReplay *self = SC_CHAT_REPLAY (object);

  drop_question (self);
  if (self->free_user_data)
    self->free_user_data (g_steal_pointer (&self->user_data));
  self->free_user_data = NULL;
  g_clear_object (&self->lines);
  g_clear_pointer (&self->ahead, g_ptr_array_unref);
  g_clear_pointer (&self->next, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sc_chat_replay_parent_class)->dispose (object);
}

static void
sc_chat_replay_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatReplay *self = SC_CHAT_REPLAY (object);

  switch ((ScChatReplayProperty) id) {
  case PROP_LINES:
    g_value_set_object (value, self->lines);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->jumping);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_replay_class_init (ScChatReplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_chat_replay_dispose;
  object_class->get_property = sc_chat_replay_get_property;

  properties[PROP_LINES] = g_param_spec_object ("lines", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_chat_replay_init (ScChatReplay *self)
{
  self->ahead = sc_chat_sorted_new ();
  self->position = -1;
}

/**
 * sc_chat_replay_new:
 * @ask: asks for a page
 * @user_data: for @ask
 * @free_user_data: (nullable): frees @user_data
 * @timing: how patient to be, usually &sc_chat_timing
 *
 * Returns: (transfer full): a recording's chat, at no place yet
 */
ScChatReplay *
sc_chat_replay_new (ScChatReplayFunc ask,
                    gpointer user_data,
                    GDestroyNotify free_user_data,
                    const ScChatTiming *timing)
{
  ScChatReplay *self = g_object_new (SC_TYPE_CHAT_REPLAY, NULL);
  self->ask = ask;
  self->user_data = user_data;
  self->free_user_data = free_user_data;
  self->timing = *timing;
  self->lines = sc_chat_list_new (timing->batch_ms);
  return self;
}

static void
set_jumping (ScChatReplay *self, gboolean jumping)
{
  if (self->jumping == jumping)
    return;
  self->jumping = jumping;
  notify (self, PROP_LOADING);
}

static void
set_error (ScChatReplay *self, const GError *error)
{
  if (!self->error && !error)
    return;
  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  notify (self, PROP_ERROR);
}

static gint64
get_order (ScChatReplay *self)
{
  return self->position * 1000;
}

static void
on_retry_due (gpointer user_data)
{
  ScChatReplay *self = user_data;
  self->retry_source = 0;
  go_on (self);
}

static void
take_failure (ScChatReplay *self, const GError *error)
{
  guint delay_ms = sc_chat_timing_get_backoff (&self->timing, self->attempts++);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->retry_source = g_timeout_add_once (delay_ms, on_retry_due, self);
  set_error (self, error);
}

/* Lines whose place is not known have none here. */
static GPtrArray *
read_lines (const ScChatPage *page)
{
  GPtrArray *lines = sc_chat_sorted_new ();
  for (guint i = 0; i < page->records->len; i++) {
    const ScChatRecord *record = page->records->pdata[i];
    if (record->offset_ms >= 0 && !record->is_deleted)
      g_ptr_array_add (lines, sc_chat_line_new_stored (record, FALSE));
  }
  sc_chat_sorted_sort (lines);
  return lines;
}

static void
take_page (ScChatReplay *self, const ScChatPage *page)
{
  g_autoptr (GPtrArray) lines = read_lines (page);
  self->attempts = 0;
  g_set_str (&self->next, page->newer);
  self->at_end = page->newer == NULL;
  set_error (self, NULL);
  if (!self->jumping) {
    sc_chat_sorted_insert (self->ahead, self->ahead->len, lines, 0, lines->len);
    return;
  }
  set_jumping (self, FALSE);
  sc_chat_list_replace (self->lines, lines);
}

static void
release (ScChatReplay *self)
{
  guint n = sc_chat_sorted_get_place (self->ahead, get_order (self));
  if (n == 0 || self->jumping)
    return;
  g_autoptr (GPtrArray) due = sc_chat_sorted_new ();
  sc_chat_sorted_insert (due, 0, self->ahead, 0, n);
  g_ptr_array_remove_range (self->ahead, 0, n);
  sc_chat_list_merge (self->lines, due, FALSE);
}

static void
on_soon (gpointer user_data)
{
  ScChatReplay *self = user_data;
  self->soon_source = 0;
  go_on (self);
}

/* A player that stands still says no more where it is. */
static void
go_on_soon (ScChatReplay *self)
{
  if (self->soon_source == 0)
    self->soon_source = g_idle_add_once (on_soon, self);
}

static DexFuture *
on_page (DexFuture *future, gpointer user_data)
{
  g_autoptr (ScChatReplay) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (value) {
    take_page (self, g_value_get_boxed (value));
    release (self);
    go_on_soon (self);
  } else {
    take_failure (self, error);
  }
  return dex_future_new_true ();
}

/* Only what was asked last is taken, as dropping a question drops its answer. */
static void
await (ScChatReplay *self, DexFuture *page)
{
  dex_clear (&self->asking);
  self->asking = dex_future_finally (page, on_page, self, NULL);
}

static gboolean
needs_more (ScChatReplay *self)
{
  guint n = self->ahead->len;
  if (self->at_end || n >= AHEAD_LINES)
    return FALSE;
  return n == 0 ||
         sc_chat_line_get_order (self->ahead->pdata[n - 1]) < get_order (self) + AHEAD_MS * 1000;
}

static void
go_on (ScChatReplay *self)
{
  release (self);
  if (self->retry_source != 0 || (self->asking && dex_future_is_pending (self->asking)))
    return;
  if (self->jumping)
    await (self, self->ask (-1, self->position + 1, NULL, SC_CHAT_REPLAY_SHOWN, self->user_data));
  else if (needs_more (self))
    await (self, self->ask (-1, -1, self->next, SC_CHAT_REPLAY_MAX, self->user_data));
}

static void
jump (ScChatReplay *self)
{
  drop_question (self);
  g_ptr_array_set_size (self->ahead, 0);
  g_clear_pointer (&self->next, g_free);
  self->at_end = FALSE;
  set_jumping (self, TRUE);
}

/* Takes lines off again, as long as some stay and there is room for the others. */
static gboolean
step_back (ScChatReplay *self)
{
  gint64 first = sc_chat_list_get_first_order (self->lines);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines)) + self->ahead->len;
  if (self->jumping || first > get_order (self) || n > AHEAD_MAX)
    return FALSE;
  g_autoptr (GPtrArray) taken = sc_chat_list_take_after (self->lines, get_order (self));
  sc_chat_sorted_insert (self->ahead, 0, taken, 0, taken->len);
  return TRUE;
}

static gboolean
is_known (ScChatReplay *self)
{
  guint n = self->ahead->len;
  return !self->jumping &&
         (self->at_end ||
          (n > 0 && sc_chat_line_get_order (self->ahead->pdata[n - 1]) >= get_order (self)));
}

/**
 * sc_chat_replay_set_position:
 * @self: a recording's chat
 * @position_ms: where the picture is, milliseconds after the recording's begin
 *
 * Shows what was said up to there. To be called a few times a second while the picture moves, and
 * after each jump.
 */
void
sc_chat_replay_set_position (ScChatReplay *self, gint64 position_ms)
{
  gint64 before = self->position;
  if (before >= 0 && position_ms < before && position_ms > before - TREMBLE_MS)
    return;
  self->position = MAX (position_ms, 0);
  if (before < 0 || (position_ms < before && !step_back (self)) ||
      (position_ms > before + JUMP_MS && !is_known (self)))
    jump (self);
  go_on (self);
}

/**
 * sc_chat_replay_set_blocked:
 * @self: a recording's chat
 * @user_ids: (nullable): whose lines are not to be on show here
 */
void
sc_chat_replay_set_blocked (ScChatReplay *self, const char *const *user_ids)
{
  sc_chat_sieve_set_blocked (sc_chat_list_get_sieve (self->lines), user_ids);
  sc_chat_list_sift (self->lines);
}

/**
 * sc_chat_replay_get_lines:
 * @self: a recording's chat
 *
 * Returns: (transfer none): the #ScChatLine on show, oldest first
 */
GListModel *
sc_chat_replay_get_lines (ScChatReplay *self)
{
  return G_LIST_MODEL (self->lines);
}

/**
 * sc_chat_replay_get_loading:
 * @self: a recording's chat
 *
 * Returns: whether the lines of the place are on their way
 */
gboolean
sc_chat_replay_get_loading (ScChatReplay *self)
{
  return self->jumping;
}

/**
 * sc_chat_replay_get_error:
 * @self: a recording's chat
 *
 * Returns: (transfer none) (nullable): why lines are missing; they are asked for again and again
 */
const GError *
sc_chat_replay_get_error (ScChatReplay *self)
{
  return self->error;
}
