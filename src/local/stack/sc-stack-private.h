/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-resource-types.h"
#include "sc-stack.h"

G_BEGIN_DECLS

/* What sc-stack.c keeps and sc-stack-makers.c fills. */

typedef struct {
  char *function; /* name or ARN */
  char *principal;
  char *source_arn;     /* may be NULL: any */
  char *source_account; /* may be NULL: any */
} ScStackPermission;

/* Who is to invoke what: a rule, or a log group's subscription filter. */
typedef struct {
  const char *principal;
  char *arn;
  GStrv targets;
} ScStackSource;

struct _ScStack {
  ScStateDir *state;
  char *region;
  char *account;
  JsonObject *before;  /* id -> record, as of the last start */
  JsonObject *records; /* id -> {"type", "properties", "attributes"} */
  JsonObject *outputs;
  ScVault *secrets;
  ScFunctionHost *functions;
  ScEventBus *bus;
  ScLogStore *logs;
  GPtrArray *permissions; /* of ScStackPermission */
  GPtrArray *sources;     /* of ScStackSource */
  ScStackDrained drained; /* who waits for the functions' last events, or NULL */
  gpointer drained_data;
  guint drain_source;
};

/**
 * ScStackMaker:
 * @stack: the stack
 * @id: the resource's name in the template
 * @properties: what the template says of it
 * @attributes: its attributes of the last start, or none; completed here
 * @error: an error of %SC_STACK_ERROR
 *
 * Makes a resource, or takes up the one of the last start.
 *
 * Returns: %FALSE with @error
 */
typedef gboolean (*ScStackMaker) (ScStack *stack,
                                  const char *id,
                                  JsonObject *properties,
                                  JsonObject *attributes,
                                  GError **error);

ScStackMaker sc_stack_find_maker (const char *type);

G_END_DECLS
