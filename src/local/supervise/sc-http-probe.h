/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A read that goes through all of the backend to PostgreSQL. */
#define SC_HTTP_PROBE_PATH "/v1/channels?live=1"

/* Longer than the backend waits for a connection of its pool. */
#define SC_HTTP_PROBE_TIMEOUT_SECONDS 10

void sc_http_probe (SoupSession *session, const char *url, GTask *task);

G_END_DECLS
