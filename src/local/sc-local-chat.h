/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-cloud.h"
#include "sc-control.h"
#include "sc-stack.h"
#include "sc-state-dir.h"

G_BEGIN_DECLS

typedef struct _ScLocalChat ScLocalChat;

ScLocalChat *sc_local_chat_new (ScStateDir *state,
                                ScCloud *cloud,
                                ScControl *control,
                                ScStack *stack,
                                GError **error);
void sc_local_chat_close (ScLocalChat *self);
void sc_local_chat_free (ScLocalChat *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLocalChat, sc_local_chat_free)

G_END_DECLS
