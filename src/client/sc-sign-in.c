/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A place where somebody is signed in, as our API tells it. Never changed once made; any thread. */

#include "config.h"

#include "sc-sign-in.h"

#include "sc-json-members.h"
#include "sc-validate.h"

/* A uuid has 36. */
#define ID_MAX 64

struct _ScSignIn {
  GObject parent_instance;

  ScSignInFields fields; /* the strings are ours */
};

G_DEFINE_FINAL_TYPE (ScSignIn, sc_sign_in, G_TYPE_OBJECT)

static void
sc_sign_in_finalize (GObject *object)
{
  ScSignInFields *fields = &SC_SIGN_IN (object)->fields;

  g_free ((char *) fields->id);
  g_free ((char *) fields->device);

  G_OBJECT_CLASS (sc_sign_in_parent_class)->finalize (object);
}

static void
sc_sign_in_class_init (ScSignInClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_sign_in_finalize;
}

static void
sc_sign_in_init (ScSignIn *self)
{
}

/**
 * sc_sign_in_from_json:
 * @object: a session as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the place
 */
ScSignIn *
sc_sign_in_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScSignIn) self = g_object_new (SC_TYPE_SIGN_IN, NULL);
  ScSignInFields *fields = &self->fields;
  if (!sc_json_read_id (object, "id", ID_MAX, (char **) &fields->id, error) ||
      !sc_json_read_text (object, "device", SC_DEVICE_MAX, (char **) &fields->device, error) ||
      !sc_json_read_moment (object, "created_at", &fields->created_at, error) ||
      !sc_json_read_moment (object, "used_at", &fields->used_at, error) ||
      !sc_json_read_bool (object, "current", &fields->is_current, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_sign_in_get_fields:
 * @self: a place
 *
 * Returns: (transfer none): all that is said of it, valid as long as @self
 */
const ScSignInFields *
sc_sign_in_get_fields (ScSignIn *self)
{
  return &self->fields;
}
