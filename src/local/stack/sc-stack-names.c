/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The names, ARNs and other attributes of what the stack makes. */

#include "config.h"

#include "sc-id.h"
#include "sc-json.h"
#include "sc-stack-private.h"

/**
 * sc_stack_get_text:
 * @object: properties or attributes
 * @member: one of them
 *
 * Returns: (transfer none) (nullable): its text
 */
const char *
sc_stack_get_text (JsonObject *object, const char *member)
{
  return sc_json_get_string_or (object, member, NULL);
}

/**
 * sc_stack_keep:
 * @attributes: a resource's
 * @member: an attribute that has something random in it
 * @made: (transfer full): its value, if the last start made none
 *
 * Returns: (transfer none): its value
 */
const char *
sc_stack_keep (JsonObject *attributes, const char *member, char *made)
{
  g_autofree char *owned = made;
  if (!sc_stack_get_text (attributes, member))
    json_object_set_string_member (attributes, member, owned);
  return sc_stack_get_text (attributes, member);
}

/**
 * sc_stack_set:
 * @attributes: a resource's
 * @member: an attribute that follows from others
 * @made: (transfer full): its value
 */
void
sc_stack_set (JsonObject *attributes, const char *member, char *made)
{
  g_autofree char *owned = made;
  json_object_set_string_member (attributes, member, owned);
}

/**
 * sc_stack_name_resource:
 * @properties: a resource's
 * @member: the property that may name it
 * @id: its name in the template
 * @lower: whether a name that is made has small letters only
 * @attributes: gets its "Name"
 *
 * Returns: (transfer none): the name that the template gives, else one as CloudFormation makes them
 */
const char *
sc_stack_name_resource (JsonObject *properties,
                        const char *member,
                        const char *id,
                        gboolean lower,
                        JsonObject *attributes)
{
  const char *given = sc_stack_get_text (properties, member);
  if (given) {
    sc_stack_set (attributes, "Name", g_strdup (given));
    return given;
  }
  g_autofree char *random = sc_id_new ("", 12);
  g_autofree char *made = g_strdup_printf ("streamcat-%s-%s", id, random);
  return sc_stack_keep (attributes, "Name", lower ? g_ascii_strdown (made, -1) : g_strdup (made));
}

/**
 * sc_stack_make_arn:
 * @stack: a stack
 * @service: a service, as "lambda"
 * @rest: what follows the account
 *
 * Returns: (transfer full): an ARN
 */
char *
sc_stack_make_arn (ScStack *stack, const char *service, const char *rest)
{
  return g_strdup_printf ("arn:aws:%s:%s:%s:%s", service, stack->region, stack->account, rest);
}
