/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScErrorWords:
 * @title: a few words, in header capitals
 * @body: a whole sentence: what to do, or what happens by itself
 * @icon_name: a symbolic icon
 *
 * An error as a person reads it. All strings are static and translated.
 */
typedef struct {
  const char *title;
  const char *body;
  const char *icon_name;
} ScErrorWords;

ScErrorWords sc_error_words (const GError *error);
const char *sc_failure_words (const char *reason);
char *sc_stop_failure_words (const GError *error);
char *sc_error_details (const GError *error);

G_END_DECLS
