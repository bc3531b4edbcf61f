/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-local.h"

G_BEGIN_DECLS

/* Somebody who is in a channel's room with Amazon's own chat client: bystander.cjs. For the main
 * thread; what does not come in time is a failure of the test. */
typedef struct _SctBystander SctBystander;

SctBystander *sct_bystander_new (SctLocal *cloud, const char *channel, const char *name);
void sct_bystander_free (SctBystander *self);

void sct_bystander_enter (SctBystander *self);
void sct_bystander_say (SctBystander *self, const char *text);
void sct_bystander_forget (SctBystander *self);
JsonObject *
sct_bystander_wait (SctBystander *self, const char *what, const char *member, const char *value);
char **sct_bystander_list_lines (SctBystander *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctBystander, sct_bystander_free)

G_END_DECLS
