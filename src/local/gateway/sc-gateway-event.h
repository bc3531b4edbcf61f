/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

GBytes *sc_gateway_event_new (SoupServerMessage *message);
gboolean sc_gateway_event_answer (SoupServerMessage *message, GBytes *answer, GError **error);

G_END_DECLS
