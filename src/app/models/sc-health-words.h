/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-health.h"

G_BEGIN_DECLS

/**
 * ScHealthFact:
 * @name: what it is
 * @value: how it is
 * @limit: (nullable): what the channel takes
 * @is_beyond: whether @value is more than that
 *
 * A figure of a stream, in words.
 */
typedef struct {
  const char *name;
  char *value;
  char *limit;
  gboolean is_beyond;
} ScHealthFact;

void sc_health_fact_free (ScHealthFact *self);

const char *sc_health_title (ScHealth health);
char *sc_health_words (ScHealth health, ScStreamStatus *status, const char *channel_type);
GPtrArray *sc_health_list_facts (ScStreamStatus *status, const char *channel_type);
const char *sc_stream_report_title (const ScStreamReport *report);
char *sc_stream_report_words (const ScStreamReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScHealthFact, sc_health_fact_free)

G_END_DECLS
