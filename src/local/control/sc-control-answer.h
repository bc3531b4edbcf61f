/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-control-error.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

void sc_control_answer (SoupServerMessage *message, guint status, JsonObject *body);
void sc_control_answer_error (SoupServerMessage *message,
                              const GError *error,
                              const ScControlErrorDetail *detail);
void sc_control_answer_half (SoupServerMessage *message, JsonObject *body);
void sc_control_answer_reset (SoupServerMessage *message);

G_END_DECLS
