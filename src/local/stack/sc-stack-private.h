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
  char *database_host, *recordings_host, *api_host;
  JsonObject *before;  /* id -> record, as of the last start */
  JsonObject *records; /* id -> {"type", "properties", "attributes"} */
  JsonObject *outputs;
  guint left_out; /* resources that the template's conditions leave out */
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

gboolean sc_stack_make_api (ScStack *stack,
                            const char *id,
                            JsonObject *properties,
                            JsonObject *attributes,
                            GError **error);
gboolean sc_stack_make_bucket (ScStack *stack,
                               const char *id,
                               JsonObject *properties,
                               JsonObject *attributes,
                               GError **error);
gboolean sc_stack_make_database (ScStack *stack,
                                 const char *id,
                                 JsonObject *properties,
                                 JsonObject *attributes,
                                 GError **error);
gboolean sc_stack_make_distribution (ScStack *stack,
                                     const char *id,
                                     JsonObject *properties,
                                     JsonObject *attributes,
                                     GError **error);
gboolean sc_stack_make_secret (ScStack *stack,
                               const char *id,
                               JsonObject *properties,
                               JsonObject *attributes,
                               GError **error);

const char *sc_stack_get_text (JsonObject *object, const char *member);
const char *sc_stack_keep (JsonObject *attributes, const char *member, char *made);
void sc_stack_set (JsonObject *attributes, const char *member, char *made);
const char *sc_stack_name_resource (JsonObject *properties,
                                    const char *member,
                                    const char *id,
                                    gboolean lower,
                                    JsonObject *attributes);
char *sc_stack_make_arn (ScStack *stack, const char *service, const char *rest);

G_END_DECLS
