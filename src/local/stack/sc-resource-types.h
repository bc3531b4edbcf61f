/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScResourceType:
 * @name: CloudFormation's name of it
 * @required: the properties that must be there, ended by %NULL
 * @optional: those that may
 * @attributes: what GetAtt can ask of it
 * @ref: what Ref gives: the attribute of that name, or %NULL for the resource's own name
 * @topic: (nullable): what it belongs to, in a word, if it is only checked because it has no
 * meaning on one machine
 * @takes_any: whether it may have any other property as well
 *
 * What the local cloud knows of one of CloudFormation's resource types, from AWS's template
 * reference.
 */
typedef struct {
  const char *name;
  const char *const *required;
  const char *const *optional;
  const char *const *attributes;
  const char *ref;
  const char *topic;
  gboolean takes_any;
} ScResourceType;

const ScResourceType *sc_resource_type_find (const char *name);
const ScResourceType *sc_resource_type_find_checked (const char *name);

G_END_DECLS
