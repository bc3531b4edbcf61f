/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define SC_TYPE_TEMPO (sc_tempo_get_type ())
G_DECLARE_FINAL_TYPE (ScTempo, sc_tempo, SC, TEMPO, GstElement)

/* A serialized event with a "segment" (#GstSegment): what follows goes by it. For whoever wants
 * another rate without having the decoders in between drain, which costs sound. */
#define SC_TEMPO_SEGMENT "sc-tempo-segment"

/* A query that somebody downstream answers who takes such events. */
#define SC_TEMPO_QUERY "sc-tempo"

gboolean sc_tempo_register (GstPlugin *plugin);

G_END_DECLS
