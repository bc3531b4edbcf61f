/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-teller.h"

/* Brings the records of all renditions, each from a thread of its own, into one order: the source
 * comes first, and of a rendition that was given up nothing comes any more. */

struct _ScTeller {
  ScTellerFunc func;
  gpointer user_data;
  GMutex lock;
  GCond changed;
  gboolean has_begun; /* there was a record of the source */
  gboolean is_over[SC_BROADCAST_MAX_RENDITIONS];
};

/**
 * sc_teller_new:
 * @func: takes records
 * @user_data: for @func
 *
 * Returns: (transfer full): a teller
 */
ScTeller *
sc_teller_new (ScTellerFunc func, gpointer user_data)
{
  ScTeller *self = g_new0 (ScTeller, 1);
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

/**
 * sc_teller_free:
 * @self: (nullable): a teller that nobody tells anything any more
 */
void
sc_teller_free (ScTeller *self)
{
  if (!self)
    return;
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Whether @record has to wait for the source's first. */
static gboolean
is_early (const ScTeller *self, const ScRecord *record)
{
  return record->rendition != SC_BROADCAST_SOURCE && record->type != SC_RECORD_RENDITION_END &&
         !self->has_begun && !self->is_over[record->rendition];
}

/**
 * sc_teller_tell:
 * @self: a teller
 * @record: a record
 *
 * Passes the record on; those of other renditions than the source wait until the source has told
 * something. Any thread.
 */
void
sc_teller_tell (ScTeller *self, const ScRecord *record)
{
  g_mutex_lock (&self->lock);
  while (is_early (self, record))
    g_cond_wait (&self->changed, &self->lock);
  if (!self->is_over[record->rendition])
    self->func (record, self->user_data);
  if (record->type == SC_RECORD_RENDITION_END)
    self->is_over[record->rendition] = TRUE;
  self->has_begun |= record->rendition == SC_BROADCAST_SOURCE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_teller_close:
 * @self: a teller
 *
 * Of all renditions but the source nothing is told any more. Any thread.
 */
void
sc_teller_close (ScTeller *self)
{
  g_mutex_lock (&self->lock);
  for (guint i = SC_BROADCAST_SOURCE + 1; i < SC_BROADCAST_MAX_RENDITIONS; i++)
    self->is_over[i] = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}
