/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScEventError:
 * @SC_EVENT_ERROR_PATTERN: a rule's pattern is none, or asks for what the local bus does not know
 * @SC_EVENT_ERROR_SCHEDULE: a rule's schedule is none that the local cloud knows
 *
 * What can be wrong with a rule.
 */
typedef enum {
  SC_EVENT_ERROR_PATTERN,
  SC_EVENT_ERROR_SCHEDULE,
} ScEventError;

#define SC_EVENT_ERROR (sc_event_error_quark ())
GQuark sc_event_error_quark (void);

G_END_DECLS
