/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ScPasswordTask:
 * @title: what the page is called, not yet translated, as all words here
 * @words: what will happen
 * @button: what makes it happen, with a mnemonic
 * @failure: what to say if it does not
 * @asks_new: whether a new password is wanted too
 * @is_destructive: whether something is lost by it
 * @act: does it
 *
 * Something that only whoever knows the password may do.
 */
typedef struct {
  const char *title;
  const char *words;
  const char *button;
  const char *failure;
  gboolean asks_new;
  gboolean is_destructive;
  DexFuture *(*act) (ScClient *client, const char *password, const char *new_password);
} ScPasswordTask;

#define SC_TYPE_PASSWORD_PAGE (sc_password_page_get_type ())
G_DECLARE_FINAL_TYPE (ScPasswordPage, sc_password_page, SC, PASSWORD_PAGE, AdwNavigationPage)

ScPasswordPage *sc_password_page_new (ScClient *client, const ScPasswordTask *task);

G_END_DECLS
