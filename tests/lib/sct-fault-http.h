/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-fault-proxy.h"

G_BEGIN_DECLS

gboolean sct_fault_http_is_request (const GByteArray *bytes);
char *sct_fault_http_take_request (GByteArray *bytes);
GBytes *sct_fault_http_refuse (guint status);
GBytes *sct_fault_http_take_answer (GByteArray *bytes);
GBytes *sct_fault_http_spoil (GBytes *answer, SctPlaylistFault fault);

G_END_DECLS
