/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-template.h"
#include "sc-yaml.h"

G_BEGIN_DECLS

/* What sc-template.c reads and sc-template-deploy.c makes. */

typedef struct {
  const char *id;
  guint line;
  const ScResourceType *type;
  const ScYaml *properties; /* may be NULL */
  const ScYaml *condition;  /* may be NULL */
  GPtrArray *needs;         /* of ScTemplateResource, none owned */
  enum {
    UNSEEN,
    OPEN,
    DONE
  } mark;
} ScTemplateResource;

struct _ScTemplate {
  ScYaml *root;
  const ScYaml *parameters, *conditions, *outputs;
  GHashTable *resources; /* id -> ScTemplateResource */
  GPtrArray *order;      /* of ScTemplateResource, each after what it needs */
};

G_END_DECLS
