/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A server in a thread of its own that checks each request's signature as AWS does and gives them
 * all one answer. */
typedef struct _SctAnswer SctAnswer;

SctAnswer *sct_answer_new (guint status, JsonObject *output);
void sct_answer_free (SctAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctAnswer, sct_answer_free)

char **sct_answer_dup_environment (SctAnswer *self);
guint sct_answer_count (SctAnswer *self, const char *path);
const char *sct_answer_get_method (SctAnswer *self);
const char *sct_answer_get_path (SctAnswer *self);
const char *sct_answer_get_signing_name (SctAnswer *self);
const char *sct_answer_get_header (SctAnswer *self, const char *name);
JsonNode *sct_answer_dup_input (SctAnswer *self);
guint sct_answer_get_count (SctAnswer *self);

void sct_answer_no_wait (gint64 time_us, gpointer user_data);

G_END_DECLS
