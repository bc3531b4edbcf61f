/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SctMock:
 * @name: what it is called on the bus, and its interface, unless it has a template
 * @path: its object
 * @template: (nullable): one of python-dbusmock's, or a file beside the test program
 *
 * What python-dbusmock plays on the session bus. Its process ends with the bus at the latest, and
 * serves whoever starts it again before.
 */
typedef struct {
  const char *name;
  const char *path;
  const char *template;

  /*< private >*/
  GDBusConnection *bus;
  GSubprocess *process;
  guint watch;
  gboolean owned;
} SctMock;

SctMock *sct_mock_get_portal (void);
void sct_mock_start (SctMock *self, GDBusConnection *bus);
void sct_mock_wait (SctMock *self);
void sct_mock_stop (SctMock *self);
void sct_mock_kill (SctMock *self);
GVariant *sct_mock_call (SctMock *self, const char *method, GVariant *parameters);
void sct_mock_tell (SctMock *self, const char *method, GVariant *parameters);
GDBusProxy *sct_mock_follow (SctMock *self);

G_END_DECLS
