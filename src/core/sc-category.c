/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A kind of thing that is being streamed, and how much of it there is. Never changed once made; any
 * thread. */

#include "config.h"

#include "sc-category.h"

#include "sc-json.h"
#include "sc-validate.h"

struct _ScCategory {
  GObject parent_instance;

  char *name;
  gint64 n_live;
  gint64 viewers;
};

typedef enum {
  PROP_NAME = 1,
  PROP_N_LIVE,
  PROP_VIEWERS,
} ScCategoryProperty;

static GParamSpec *properties[PROP_VIEWERS + 1];

G_DEFINE_FINAL_TYPE (ScCategory, sc_category, G_TYPE_OBJECT)

static void
sc_category_finalize (GObject *object)
{
  g_free (SC_CATEGORY (object)->name);

  G_OBJECT_CLASS (sc_category_parent_class)->finalize (object);
}

static void
sc_category_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScCategory *self = SC_CATEGORY (object);

  switch ((ScCategoryProperty) id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_N_LIVE:
    g_value_set_int64 (value, self->n_live);
    break;
  case PROP_VIEWERS:
    g_value_set_int64 (value, self->viewers);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_category_class_init (ScCategoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = sc_category_finalize;
  object_class->get_property = sc_category_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_N_LIVE] = g_param_spec_int64 ("n-live", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_VIEWERS] = g_param_spec_int64 ("viewers", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_category_init (ScCategory *self)
{
}

/**
 * sc_category_new:
 * @name: what it is called
 * @n_live: how many channels stream it now
 * @viewers: how many watch these, as far as is known
 *
 * Returns: (transfer full): a category
 */
ScCategory *
sc_category_new (const char *name, gint64 n_live, gint64 viewers)
{
  ScCategory *self = g_object_new (SC_TYPE_CATEGORY, NULL);
  self->name = g_strdup (name);
  self->n_live = n_live;
  self->viewers = viewers;
  return self;
}

/**
 * sc_category_from_json:
 * @object: a category as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the category
 */
ScCategory *
sc_category_from_json (JsonObject *object, GError **error)
{
  gint64 n_live = 0, viewers = 0;
  const char *name = sc_json_get_string (object, "name", SC_CATEGORY_MAX, error);
  if (!name || !sc_json_get_int (object, "live", 0, G_MAXINT, &n_live, error) ||
      !sc_json_get_int (object, "viewers", 0, G_MAXINT64, &viewers, error))
    return NULL;
  return sc_category_new (name, n_live, viewers);
}

/**
 * sc_category_to_json:
 * @self: a category
 *
 * Returns: (transfer full): the category as our API writes it
 */
JsonObject *
sc_category_to_json (ScCategory *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "name", self->name);
  json_object_set_int_member (object, "live", self->n_live);
  json_object_set_int_member (object, "viewers", self->viewers);
  return object;
}

/**
 * sc_category_get_name:
 * @self: a category
 *
 * Returns: (transfer none): what it is called
 */
const char *
sc_category_get_name (ScCategory *self)
{
  return self->name;
}

/**
 * sc_category_get_n_live:
 * @self: a category
 *
 * Returns: how many channels stream it now
 */
gint64
sc_category_get_n_live (ScCategory *self)
{
  return self->n_live;
}

/**
 * sc_category_get_viewers:
 * @self: a category
 *
 * Returns: how many watch these, as far as is known
 */
gint64
sc_category_get_viewers (ScCategory *self)
{
  return self->viewers;
}
