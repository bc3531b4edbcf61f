/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No body of ours is deeper than four or has more than ten members in an object: these bounds leave
 * room, and make what a stranger can cost linear in what they send. */
#define SC_JSON_CHECK_DEPTH_MAX 16
#define SC_JSON_CHECK_MEMBERS_MAX 64

/* 20 characters hold any whole number of 64 bits, 24 any double with all its digits. */
#define SC_JSON_CHECK_NUMBER_MAX 32

gboolean sc_json_check (const char *data, gsize size, GError **error);

G_END_DECLS
