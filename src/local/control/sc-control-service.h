/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-control.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ScControlService:
 * @name: the signing name of the service, "s3"
 * @get_operation: by which name tests order faults of a call, "GetObject"
 * @answer: answers a call; with an error of %SC_CONTROL_ERROR the call is refused, and only the way
 * of saying so is the service's
 *
 * A service whose calls are no operations in JSON. Its calls are signed as all others.
 */
typedef struct {
  const char *name;
  const char *(*get_operation) (SoupServerMessage *message);
  void (*answer) (SoupServerMessage *message, const char *path, const GError *error, gpointer data);
} ScControlService;

void sc_control_add_service (ScControl *self, const ScControlService *service, gpointer data);

G_END_DECLS
