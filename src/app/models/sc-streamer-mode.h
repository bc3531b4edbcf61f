/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"
#include "sc-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScStreamerModeChoice:
 * @SC_STREAMER_MODE_AUTOMATIC: on while the own channel is live
 * @SC_STREAMER_MODE_ALWAYS: on
 * @SC_STREAMER_MODE_NEVER: off
 *
 * The setting "streamer-mode".
 */
typedef enum {
  SC_STREAMER_MODE_AUTOMATIC,
  SC_STREAMER_MODE_ALWAYS,
  SC_STREAMER_MODE_NEVER,
} ScStreamerModeChoice;

#define SC_TYPE_STREAMER_MODE (sc_streamer_mode_get_type ())
G_DECLARE_FINAL_TYPE (ScStreamerMode, sc_streamer_mode, SC, STREAMER_MODE, GObject)

ScStreamerMode *sc_streamer_mode_new (ScSession *session, GSettings *settings);
gboolean sc_streamer_mode_get_on (ScStreamerMode *self);
void sc_streamer_mode_set_own_channel (ScStreamerMode *self, ScOwnChannel *own_channel);

G_END_DECLS
