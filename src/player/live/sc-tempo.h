/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define SC_TYPE_TEMPO (sc_tempo_get_type ())
G_DECLARE_FINAL_TYPE (ScTempo, sc_tempo, SC, TEMPO, GstElement)

gboolean sc_tempo_register (GstPlugin *plugin);

G_END_DECLS
