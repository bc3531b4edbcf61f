/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScStackError:
 * @SC_STACK_ERROR_SYNTAX: the template is not YAML, or not the YAML that CloudFormation takes
 * @SC_STACK_ERROR_TEMPLATE: a section or a resource has not the form that it should have
 * @SC_STACK_ERROR_REFERENCE: a name that is referred to is nowhere, or has no such attribute
 * @SC_STACK_ERROR_CYCLE: resources need each other in a circle
 * @SC_STACK_ERROR_UNSUPPORTED: right on AWS perhaps, and unknown to the local cloud
 * @SC_STACK_ERROR_PARAMETER: a parameter is missing, unknown, or outside its bounds
 * @SC_STACK_ERROR_DEPLOY: the template is right and could not be deployed
 *
 * What can be wrong with a template. The message begins with "line N: " where a line is at fault.
 */
typedef enum {
  SC_STACK_ERROR_SYNTAX,
  SC_STACK_ERROR_TEMPLATE,
  SC_STACK_ERROR_REFERENCE,
  SC_STACK_ERROR_CYCLE,
  SC_STACK_ERROR_UNSUPPORTED,
  SC_STACK_ERROR_PARAMETER,
  SC_STACK_ERROR_DEPLOY,
} ScStackError;

#define SC_STACK_ERROR (sc_stack_error_quark ())
GQuark sc_stack_error_quark (void);

void sc_stack_set_error (GError **error, ScStackError code, guint line, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

G_END_DECLS
