/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-resource-types.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ScTemplate ScTemplate;

/**
 * ScTemplatePlace:
 * @region: AWS::Region
 * @account: AWS::AccountId
 * @stack_name: AWS::StackName
 *
 * Where a template is deployed: its pseudo parameters.
 */
typedef struct {
  const char *region;
  const char *account;
  const char *stack_name;
} ScTemplatePlace;

/**
 * ScTemplateCreate:
 * @id: the resource's name in the template
 * @type: its type
 * @properties: its properties, with nothing left to resolve
 * @user_data: the caller's
 * @error: an error of %SC_STACK_ERROR
 *
 * Makes a resource.
 *
 * Returns: (transfer full) (nullable): its attributes, all that @type lists, and its "Name" besides
 *   where @type->ref is %NULL
 */
typedef JsonObject *(*ScTemplateCreate) (const char *id,
                                         const ScResourceType *type,
                                         JsonObject *properties,
                                         gpointer user_data,
                                         GError **error);

ScTemplate *sc_template_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sc_template_free (ScTemplate *self);

guint sc_template_count (ScTemplate *self);
GStrv sc_template_dup_order (ScTemplate *self);
JsonObject *sc_template_deploy (ScTemplate *self,
                                const ScTemplatePlace *place,
                                GHashTable *parameters,
                                ScTemplateCreate create,
                                gpointer user_data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScTemplate, sc_template_free)

G_END_DECLS
