/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

G_BEGIN_DECLS

#define SC_TYPE_FOLLOWING (sc_following_get_type ())
G_DECLARE_FINAL_TYPE (ScFollowing, sc_following, SC, FOLLOWING, GObject)

ScFollowing *sc_following_new (ScSession *session, const char *channel);

void sc_following_ask (ScFollowing *self);
void sc_following_set (ScFollowing *self, gboolean following);

gboolean sc_following_get_own (ScFollowing *self);
gboolean sc_following_get_ready (ScFollowing *self);
gboolean sc_following_get_following (ScFollowing *self);
gint64 sc_following_get_followers (ScFollowing *self);
void sc_following_set_notify (ScFollowing *self, gboolean notify);
gboolean sc_following_get_bell (ScFollowing *self, gboolean *ret_notify);

G_END_DECLS
