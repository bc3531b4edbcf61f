/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-provisioning.h"

G_BEGIN_DECLS

/* What the tests of provisioning share: a database and control planes for the whole program, and
 * for each test a user of its own, the fixture. */
typedef struct {
  SctProvisioning *saga;
  char *name;
  gint64 user_id;
} SctPerson;

extern SctControl *sct_control;
extern char *sct_conninfo;

void sct_person_open_world (void);
void sct_person_close_world (void);

void sct_person_set_up (SctPerson *self, gconstpointer data);
void sct_person_tear_down (SctPerson *self, gconstpointer data);
void sct_person_finish_and_check (SctPerson *self);

#define SCT_PERSON_ADD(path, data, function)                                                       \
  g_test_add (path, SctPerson, data, sct_person_set_up, function, sct_person_tear_down)

G_END_DECLS
